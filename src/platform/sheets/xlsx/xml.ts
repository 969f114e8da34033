/** What a reader of XML is told. `attributes` is the raw text: read single ones with {@link attribute}. */
export type XmlSink = {
  open(name: string, attributes: string): void
  text(text: string): void
  close(name: string): void
}

/** Text that is no XML, or a single tag or text that no workbook has. */
export class XmlFault extends Error {}

const LONGEST = 2_000_000

/**
 * Reads XML in pieces of text, so that a part of any size is read in flat memory. Names come without prefix. Entities other than the
 * five of XML and numbers are left as they stand; no DTD is read, so nothing can expand. Throws {@link XmlFault}.
 */
export function xmlReader(sink: XmlSink): { push(piece: string): void; end(): void } {
  let rest = ''
  let depth = 0
  let opened = false

  function tag(from: number, to: number): void {
    if (rest.charCodeAt(from) === 47) {
      depth--
      sink.close(localName(rest.slice(from + 1, to).trim()))
      return
    }
    const closed = rest.charCodeAt(to - 1) === 47
    const content = rest.slice(from, closed ? to - 1 : to)
    const blank = content.search(/\s/)
    const name = localName(blank < 0 ? content : content.slice(0, blank))
    opened = true
    sink.open(name, blank < 0 ? '' : content.slice(blank))
    if (closed) sink.close(name)
    else depth++
  }

  function read(last: boolean): void {
    let at = 0
    while (at < rest.length) {
      if (rest.charCodeAt(at) !== 60) {
        const next = rest.indexOf('<', at)
        if (next < 0 && !last) break
        const text = rest.slice(at, next < 0 ? rest.length : next)
        if (depth > 0) sink.text(unescaped(text))
        else if (text.trim().length > 0 && text.trim() !== '\ufeff') throw new XmlFault('text outside the document')
        at += text.length
        continue
      }
      const special = rest.startsWith('<!--', at) ? '-->' : rest.startsWith('<![CDATA[', at) ? ']]>' : rest.startsWith('<?', at) ? '?>' : null
      if (!last && rest.length - at < 9) break
      const end = special === null ? tagEnd(rest, at) : rest.indexOf(special, at)
      if (end < 0) {
        if (last) throw new XmlFault('it ends within a tag')
        break
      }
      if (special === ']]>') sink.text(rest.slice(at + 9, end))
      else if (special === null && rest.charCodeAt(at + 1) !== 33) tag(at + 1, end)
      at = end + (special?.length ?? 1)
    }
    rest = rest.slice(at)
    if (rest.length > LONGEST) throw new XmlFault('a tag or a text without end')
  }

  return {
    push(piece) {
      rest += piece
      read(false)
    },
    end() {
      read(true)
      if (!opened || depth !== 0) throw new XmlFault('it ends too early')
    },
  }
}

/** One attribute out of the raw text of a tag's attributes; the name may have a prefix in the text. Undefined when it is not there. */
export function attribute(attributes: string, name: string): string | undefined {
  for (let at = attributes.indexOf(`${name}=`); at >= 0; at = attributes.indexOf(`${name}=`, at + 1)) {
    const before = attributes.charCodeAt(at - 1)
    if (at > 0 && before !== 58 && before > 32) continue
    const quote = attributes[at + name.length + 1]!
    const end = attributes.indexOf(quote, at + name.length + 2)
    return end < 0 ? undefined : unescaped(attributes.slice(at + name.length + 2, end))
  }
  return undefined
}

function tagEnd(text: string, from: number): number {
  // A '>' may stand inside quotes; right after a closing quote, or in a tag without quotes, it cannot.
  const first = text.indexOf('>', from)
  if (first < 0) return -1
  const quote = text.indexOf('"', from)
  const before = text.charCodeAt(first - 1) === 47 ? first - 2 : first - 1
  if (quote < 0 || quote > first || (text.charCodeAt(before) === 34 && text.charCodeAt(before - 1) !== 61)) return first
  let quoted = false
  for (let at = from + 1; at < text.length; at++) {
    const character = text.charCodeAt(at)
    if (character === 34) quoted = !quoted
    else if (character === 62 && !quoted) return at
  }
  return -1
}

function localName(name: string): string {
  const colon = name.indexOf(':')
  return colon < 0 ? name : name.slice(colon + 1)
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function unescaped(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&(#x[0-9a-fA-F]{1,6}|#\d{1,7}|amp|lt|gt|quot|apos);/g, (whole, name: string) => {
    if (!name.startsWith('#')) return ENTITIES[name]!
    const code = name[1] === 'x' ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1))
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })
}
