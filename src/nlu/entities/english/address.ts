const NAME = "(?!(?:Our|My|The|This|That|Your|Their|A|In|On|At)\\b)[A-Z][\\w']*(?:[ -](?:[A-Z][\\w']*|[Ee]r|\\d+))?";
const ROAD =
  '(?:[Rr]oad|[Rr]d\\.?|[Ss]treet|[Ss]t\\.?|[Aa]venue|[Aa]ve\\.?|[Ll]ane|[Aa]lley|[Bb]oulevard|[Hh]ighway|[Ll]u|[Jj]ie|[Dd]adao|[Xx]iang)';
const PART =
  '(?:[Rr]oom|[Rr]m\\.?|[Aa]partment|[Aa]pt\\.?|[Ff]lat|[Uu]nit|[Ff]loor|[Bb]uilding|[Bb]ldg\\.?|[Bb]lock|[Nn]o\\.?|[Hh]ouse)';
const AREA =
  '(?:[Dd]istrict|[Cc]ounty|[Tt]own(?:ship)?|[Vv]illage|[Cc]ommunity|[Ee]state|[Rr]esidential (?:[Aa]rea|[Qq]uarter)|[Gg]arden|[Xx]iaoqu|[Qq]u|[Xx]ian|[Zz]hen|[Cc]un|[Xx]incun|[Cc]ity|[Rr]esidences?|[Cc]ourt|[Pp]laza|[Tt]ower|[Mm]ansions?|[Aa]partments|[Vv]illas?|[Hh]eights)';

/** One stretch between commas: «Room 301», «199 Wensan Road», «Xihu District», «Jingzhou Estate». */
const STRETCH = `(?:${PART} ?#?[A-Z]?\\d+[A-Za-z]?|\\d+[A-Za-z]?(?:-\\d+)? ${NAME} ${ROAD}|(?:[Nn]o\\.? ?\\d+ )?${NAME} ${ROAD}(?: (?:[Nn]o\\.? ?)?\\d+)?|${NAME} ${AREA}|\\d+(?:st|nd|rd|th) [Ff]loor|Hangzhou|Zhejiang)(?![a-z])`;
const ADDRESS = new RegExp(
  `\\b${STRETCH}(?:(?:, ?| )(?:of |in |at |and |near |opposite |corner |crossing )?${STRETCH})*(?: (?:corner|crossing|intersection)\\b)?`,
  'g',
);
/** What makes a district or a road more than a mere word: a number. */
const ANCHOR = new RegExp(`\\d|${ROAD}(?![a-z])|${AREA}(?![a-z])`);

/** An address in English or pinyin with its capitals, as written: the longest stretch. */
export function readEnglishAddress(text: string): string | undefined {
  const found = [...text.matchAll(ADDRESS)].map(([words]) => words).filter((words) => ANCHOR.test(words));
  const longest = found.sort((one, other) => other.length - one.length)[0];
  return longest !== undefined && /[A-Za-z]{3}/.test(longest) && !/^(?:[Nn]o\.? ?\d+|[Uu]nit \d+)$/.test(longest)
    ? longest
    : undefined;
}
