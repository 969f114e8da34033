/** What stands in the place of a person's data that were removed (个人信息删除). Masks leave it as it is. */
export const REMOVED = '已依法删除'
