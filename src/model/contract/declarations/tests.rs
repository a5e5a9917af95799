use super::*;
use crate::facts::extract;
use crate::model::contract::Member;

fn read_all(language: &str, code: &str) -> Contracts {
    let mut contracts = Contracts::default();
    read(&extract(format!("# A\n\n```{language}\n{code}\n```\n").as_bytes()), &mut contracts);
    contracts
}

fn shown(shape: &Shape) -> String {
    let all = |shapes: &[Shape], by: &str| shapes.iter().map(shown).collect::<Vec<_>>().join(by);
    let member = |one: &Member| {
        let mark = if one.optional { "?" } else { "" };
        format!("{}{mark}: {}", one.name, shown(&one.shape))
    };
    match shape {
        Shape::Nothing => "nothing".into(),
        Shape::Object(Object { members, .. }) => {
            format!("{{{}}}", members.iter().map(member).collect::<Vec<_>>().join(", "))
        }
        Shape::List(of) => format!("[{}]", shown(of)),
        Shape::Either(all_of) => all(all_of, " | "),
        Shape::Both(all_of) => all(all_of, " & "),
        Shape::Value(value) => format!("'{value}'"),
        Shape::Name(name) => name.clone(),
        Shape::Unsaid => "-".into(),
        Shape::Words(words) => format!("`{words}`"),
    }
}

fn types(language: &str, code: &str) -> Vec<String> {
    let contracts = read_all(language, code);
    let show = |one: &Contract| {
        let Subject::Type { name } = &one.subject else { return String::new() };
        format!("{name} = {}", one.response.as_ref().map_or(String::new(), |r| shown(&r.shape)))
    };
    let unread = contracts.unread.iter().map(|one| format!("unread: {}", one.why));
    contracts.list.iter().map(show).chain(unread).collect()
}

#[test]
fn typescript_declares_interfaces_types_enums_and_classes() {
    let code = r#"
// a comment { with a brace
export interface User<T = string> extends Base, Named<T> {
  readonly id: string; // its id
  name?: string | null
  tags: string[]; "quoted-name": Array<{ a: number, b?: boolean }>;
  [key: string]: unknown;
  greet(other: User): Promise<void>;
  on: (event: "x") => void
}
type Status = | "open" | 'closed';
type Page<T> = Base & { items: T[]; next: string | null };
export enum Color { Red = "red", Green }
export abstract class Store implements Thing {
  private secret: string = "}";
  constructor(private a: string) { this.x = {}; }
  public size: number = 0;
  async get(id: string): Promise<User> { return { id }; }
}
const x = { type: "no", interface: 1 };
"#;
    assert_eq!(
        types("ts", code),
        [
            "User = Base & Named<T> & {id: string, name?: string | null, tags: [string], \
             quoted-name: [{a: number, b?: boolean}], [key: string]: any, \
             greet: `(other: User): Promise<void>`, on: `(event: \"x\") => void`}",
            "Status = 'open' | 'closed'",
            "Page = Base & {items: [T], next: string | null}",
            "Color = 'red' | 'Green'",
            "Store = {size: number, get: `(id: string): Promise<User>`}",
        ]
    );
}

#[test]
fn java_declares_classes_records_interfaces_and_enums() {
    let code = r#"
@Entity(name = "users")
public class User extends Base implements Serializable {
  private static final Logger LOG = new Logger() { };
  @NotNull private final String id;
  private List<Map<String, Integer>> rows = new ArrayList<>();
  public User(String id) { this.id = id; }
  public Optional<String> name() { return x; }
  public static class Inner { int a; }
}
public record Page<T>(List<T> items, @Nullable String next, int... n) {}
interface Store { void put(String key, byte[] value) throws IOException; default <T> T get() { return null; } }
enum Status { OPEN("o"), CLOSED; private final String code; }
"#;
    assert_eq!(
        types("java", code),
        [
            "Inner = {a: integer}",
            "User = Base & {id: string, rows: [Map<String, Integer>], name: `(): Optional<String>`}",
            "Page = {items: [T], next: string, n: integer}",
            "Store = {put: `(String key, byte[] value): void`, get: `(): T`}",
            "Status = 'OPEN' | 'CLOSED'",
        ]
    );
}

#[test]
fn python_declares_annotated_classes_and_enums() {
    let code = r#"
@dataclass(frozen=True)
class User(BaseModel):
    """A user: with a colon."""
    id: str
    name: Optional[str] = None
    tags: list[str] = Field(default_factory=list)  # a comment: x
    status: Literal["open", "closed"] = "open"
    manager: "User | None" = None
    parent: int | None

    class Config:
        orm_mode = True

    def greet(self, other: "User") -> str:
        x: int = 3
        return x

class Admin(User, total=False):
    level: NotRequired[int]

class Color(str, Enum):
    RED = "red"
    GREEN = auto()
"#;
    assert_eq!(
        types("python", code),
        [
            "User = {id: string, name?: string, tags: [string], status: 'open' | 'closed', \
             manager: 'User | None', parent?: integer, greet: `(self, other: \"User\")-> str`}",
            "Admin = User & {level?: integer}",
            "Color = 'red' | 'GREEN'",
        ]
    );
}

#[test]
fn rust_and_go_declare_structs_and_more() {
    let code = r#"
#[derive(Debug)]
pub struct User<'a> { pub id: &'a str, name: Option<String>, pub(crate) tags: Vec<u8>, at: chrono::DateTime<Utc> }
pub struct Id(pub String);
enum Status { Open, Closed { at: u64 }, Held(String) }
fn main() { let x = struct_like { a: 1 }; }
"#;
    assert_eq!(
        types("rust", code),
        [
            "User = {id: string, name?: string, tags: [integer], at: DateTime<Utc>}",
            "Id = string",
            "Status = 'Open' | {Closed: {at: integer}} | {Held: string}",
        ]
    );
    let code = "type User struct {\n\tBase\n\tID, Name string `json:\"id\"`\n\tTags []string `json:\"tags,omitempty\"`\n\
        \tAt *time.Time\n\tMeta map[string]interface{}\n\tHidden string `json:\"-\"`\n}\n\
        type Store interface {\n\tGet(ctx context.Context, id string) (*User, error)\n}\ntype Status string\n";
    assert_eq!(
        types("go", code),
        [
            "User = Base & {id: string, id: string, tags?: [string], At?: Time, \
             Meta: `map[string] interface{}`}",
            "Store = {Get: `(ctx context.Context, id string)(*User, error)`}",
            "Status = string",
        ]
    );
}

#[test]
fn what_cannot_be_read_is_said() {
    assert_eq!(
        types("ts", "interface A {\n  x: string;\n"),
        ["unread: the declaration of A has a brace that nothing closes"]
    );
    assert_eq!(
        types("java", "record A(String x {"),
        ["unread: the declaration of A has a brace that nothing closes"]
    );
}

#[test]
fn any_text_is_read_without_harm() {
    for language in ["ts", "java", "python", "rust", "go"] {
        for code in [
            "interface",
            "class",
            "class A",
            "class A(",
            "type A =",
            "enum A {",
            "struct A(",
            "type (",
            "interface A { [",
            "interface A { a: (",
            "class A:\n",
            "class A:\n  x:",
            "type A struct { a `",
            "record A(",
            "enum A { @",
            "pub struct A { pub",
            "interface A<",
            "type A = <",
            "@",
            "#[",
            "'",
            "é\u{0}",
            "'✗",
            "\"é",
            "`漢",
        ] {
            types(language, code);
        }
        let deep = format!("interface A {{ a: {} }}", "{ a: ".repeat(20_000));
        types(language, &deep);
        types(language, &"class A {".repeat(5_000));
        types(
            language,
            &format!("interface A {{ a: {}string{} }}", "A<".repeat(9_000), ">".repeat(9_000)),
        );
        types(language, &format!("type A = {}string{}", "(".repeat(9_000), ")".repeat(9_000)));
        types(language, &format!("class A {{ {} b; }}", "@".repeat(30_000)));
        types(language, &format!("struct A {{ x: {}u8 }}", "&".repeat(30_000)));
    }
}
