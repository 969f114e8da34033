export { departmentsOf, districtOf, type Department, type District, type Sector } from './organisation.ts'
export { organisationRoutes, type Instance } from './routes.ts'
