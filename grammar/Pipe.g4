// The .pipe language. No actions, no predicates: every decision is one token, but for a named argument (three), so
// SLL prediction suffices and the file can be read again on every keystroke. grammar/README.md lists the traps.

grammar Pipe;

file        : edition? importDecl* declaration* EOF ;
edition     : Edition Integer ';' ;
importDecl  : Import String As ident ';' ;
declaration : projectDecl | resource | paramDecl | secretDecl | functionDecl | presetDecl
            | sensitiveDecl | alertDecl | pipeDecl | testDecl ;

// ---- declarations: keyword name ':' kind ... ---------------------------------
projectDecl   : Project ident settings ;
resource      : (Source | Sink | Registry | Notifier | Store) ident ':' ident settings ;
paramDecl     : Param ident ':' type (In '(' domain ')')? ('=' expression)? ';' ;
domain        : value ('..' value | (',' value)*) ;
secretDecl    : Secret ident '=' ident '(' arguments? ')' ';' ;
functionDecl  : Function ident '(' (formal (',' formal)*)? ')' Returns type '=' expression ';' ;
formal        : ident ':' type ;
presetDecl    : Preset ident ':' ((Source | Sink | Registry | Notifier | Store | Format) ident settings | (Pipe | Table) '{' clause* '}') ;
sensitiveDecl : Sensitive pattern '(' columnPattern (',' columnPattern)* ')' ';' ;
alertDecl     : Alert ident '{' When expression (For Duration)? ';' notification+ '}' ;
notification  : Notify ident (Severity ident)? String? ';' ;

settings : '{' (setting | useClause)* '}' ;
setting  : ident ( '=' (expression | list) ';'       // a value:    heartbeat = 10s;
                 | ident? (settings | ';') ) ;       // a group or variant:  tls { ... }  delivery exactly_once;
list     : '[' (expression (',' expression)*)? ']' ;

// ---- pipes -------------------------------------------------------------------
pipeDecl  : Pipe ident '{' pipeItem* '}' ;
pipeItem  : From ident (',' ident)* ';' | Into ident ';' | Store ident ';' | tableRule | clause ;
tableRule : Table pattern (As target '.' target)? (';' | Skip ';' | '{' tableItem* '}') ;
target    : word | Template | '*' ;
tableItem : Where expression (Using ident)? ';'
          | Select selectItem (',' selectItem)* ';'
          | Merge ident ';'
          | Snapshot ident? (settings | ';')
          | clause ;
clause    : Topic value ';'
          | Key (Primary | None | columns) ';'
          | Partition (Integer | By (Table | Database | Key | Primary Key | Hash columns) (Using ident)? (Else (Integer | Table))?) ';'
          | Format ident (settings | ';')
          | Header value '=' expression ';'
          | On event (',' event)* (When expression)? action ';'
          | Names ident ';'
          | Convert type To type ';'
          | Accept ident (',' ident)* String ';'
          | Verify ident? (settings | ';')
          | useClause ;
useClause : Use ident ('.' word)? ';' ;
pattern   : (ident | Regex | '*') '.' (word | Regex | '*') ;
columnPattern : ident | Regex ;
columns   : '(' ident (',' ident)* ')' ;

selectItem : '*' (Except columns)? (Rename '(' renaming (',' renaming)* ')')?
                                   (Replace '(' replacing (',' replacing)* ')')?
           | expression (As ident type?)? ;
renaming   : ident As ident ;
replacing  : expression As ident ;

event  : Snapshot | Insert | Update (Of (Key | columns))? | Delete | Enter | Leave | Dml | Ddl | Heartbeat | Transaction
       | Error columns?
       | Add (Column | Index) | Modify Column | Create (Table | Index | Database) | Alter (Table | Database) | Truncate Table
       | Drop (Column | Table | Index | Database) | Rename (Column | Table | Index) ;
action : Publish (As (Insert | Update | Delete))? (And Tombstone)? (To value)?
       | Tombstone | Skip String? | Follow | Pause | Resnapshot | Retry | Fail String? | Quarantine (To value)? ;

// ---- tests -------------------------------------------------------------------
testDecl  : Test String For ident '{' testParam* Given '{' given* '}' Expect '{' expected* '}' '}' ;
testParam : (Param | Secret) ident '=' expression ';' ;
given     : (Snapshot | Insert) Into tableName columns Values tuple (',' tuple)* ';'
          | Update tableName Set assignment (',' assignment)* Where expression ';'
          | Delete From tableName Where expression ';'
          | (Ddl | Binlog) String ';' ;
expected  : (Insert | Update | Delete | Snapshot | Tombstone) In value (Key tuple)? (Partition Integer)? record? ';'
          | Ddl In value ';'
          | Error ident ';'
          | Nothing Else? ';' ;
assignment : ident '=' expression ;
tuple     : '(' expression (',' expression)* ')' ;
record    : '{' (field (',' field)*)? '}' ;
field     : ident ':' expression ;                   // the bare name `absent` means: no such field
tableName : ident '.' word ('.' word)? ;

// ---- expressions: MySQL's, minus what one row cannot answer --------------------
expression : Not expression
           | expression (And | BannedAnd) expression
           | expression Xor expression
           | expression (Or | BannedOr) expression
           | predicate ;
predicate  : value ( ('=' | '<=>' | '<>' | '!=' | '<' | '<=' | '>' | '>=') value
                   | Is Not? (Null | True | False)
                   | Not? ( In '(' expression (',' expression)* ')'
                          | Between value And value | Like value | Regexp value ) )? ;
value      : ('-' | '+' | '~') value
           | value '^' value
           | value ('*' | '/' | Div | Mod | '%') value
           | value ('+' | '-') value
           | value ('<<' | '>>') value
           | value '&' value
           | value '|' value
           | primary ;
primary    : primary ('->' | '->>') String
           | literal
           | ident ('.' word)* ('(' arguments? ')')?           // column, qualified name, call
           | (Insert | Mod | Replace) '(' arguments? ')'
           | Interval value ident
           | Case expression? (When expression Then expression)+ (Else expression)? End
           | '(' expression ')' ;
arguments  : argument (',' argument)* ;
argument   : (ident '=>')? expression (As type)? ;             // `as type`: cast and try_cast only
type       : ((ident | Set) ('(' literal (',' literal)* ')')? Unsigned? | Unsigned) (Not Null)? ;
literal    : String | Template | Regex | Integer | Decimal | Float | Hex | HexString | BitString
           | Duration | Size | True | False | Null ;

ident      : Name | Quoted | soft ;
word       : ident                                            // after a period, as in MySQL: any word
           | Add | Alter | And | As | Between | By | Case | Column | Create | Delete | Div | Drop | Else | End | Except | False | For
           | From | In | Index | Insert | Into | Is | Key | Like | Mod | Not | Null | On | Or | Partition | Primary | Regexp | Rename
           | Interval | Replace | Select | Set | Table | Then | To | True | Unsigned | Update | Use | Using | Values | When | Where | Xor ;
soft       : Edition | Import | Project | Source | Sink | Registry | Notifier | Store | Param | Secret | Returns
           | Preset | Sensitive | Alert | Notify | Severity | Pipe | Topic | None | Hash | Format | Header
           | Merge | Snapshot | Enter | Leave | Dml | Ddl | Error | Modify | Truncate | Publish | Tombstone
           | Skip | Pause | Resnapshot | Retry | Fail | Quarantine | Test | Given | Expect | Nothing | Function
           | Of | Database | Names | Convert | Accept | Verify | Heartbeat | Transaction | Follow | Binlog ;

// ---- words: CamelCase, because C++ has macros named NULL, TRUE, IN, DELETE, ERROR --------
Accept: A C C E P T; Binlog: B I N L O G; Convert: C O N V E R T; Follow: F O L L O W; Heartbeat: H E A R T B E A T;
Interval: I N T E R V A L; Names: N A M E S; Transaction: T R A N S A C T I O N; Verify: V E R I F Y;
Add: A D D; Alert: A L E R T; Alter: A L T E R; And: A N D; As: A S; Between: B E T W E E N; By: B Y;
Case: C A S E; Column: C O L U M N; Create: C R E A T E; Database: D A T A B A S E; Ddl: D D L;
Delete: D E L E T E; Div: D I V; Dml: D M L; Drop: D R O P; Edition: E D I T I O N; Else: E L S E;
End: E N D; Enter: E N T E R; Error: E R R O R; Except: E X C E P T; Expect: E X P E C T; Fail: F A I L;
False: F A L S E; For: F O R; Format: F O R M A T; From: F R O M; Function: F U N C T I O N;
Given: G I V E N; Hash: H A S H; Header: H E A D E R; Import: I M P O R T; In: I N; Index: I N D E X;
Insert: I N S E R T; Into: I N T O; Is: I S; Key: K E Y; Leave: L E A V E; Like: L I K E; Merge: M E R G E;
Mod: M O D; Modify: M O D I F Y; None: N O N E; Not: N O T; Nothing: N O T H I N G; Notifier: N O T I F I E R;
Notify: N O T I F Y; Null: N U L L; Of: O F; On: O N; Or: O R; Param: P A R A M; Partition: P A R T I T I O N;
Pause: P A U S E; Pipe: P I P E; Preset: P R E S E T; Primary: P R I M A R Y; Project: P R O J E C T;
Publish: P U B L I S H; Quarantine: Q U A R A N T I N E; Regexp: R E G E X P | R L I K E; Registry: R E G I S T R Y; Rename: R E N A M E;
Replace: R E P L A C E; Resnapshot: R E S N A P S H O T; Retry: R E T R Y; Returns: R E T U R N S;
Secret: S E C R E T; Select: S E L E C T; Sensitive: S E N S I T I V E; Set: S E T; Severity: S E V E R I T Y;
Sink: S I N K; Skip: S K I P; Snapshot: S N A P S H O T; Source: S O U R C E; Store: S T O R E; Table: T A B L E;
Test: T E S T; Then: T H E N; To: T O; Tombstone: T O M B S T O N E; Topic: T O P I C; True: T R U E;
Truncate: T R U N C A T E; Unsigned: U N S I G N E D; Update: U P D A T E; Use: U S E; Using: U S I N G;
Values: V A L U E S; When: W H E N; Where: W H E R E; Xor: X O R;

BannedAnd : '&&' ;                    // parsed so that the checker can say: write `and`
BannedOr  : '||' ;                    // parsed so that the checker can say: `or`, or concat()
Duration  : Digits ('ms' | 's' | 'm' | 'h' | 'd') ;
Size      : Digits ('B' | 'KB' | 'MB' | 'GB' | 'KiB' | 'MiB' | 'GiB') ;
HexString : [xX] ['] [0-9A-Fa-f]* ['] ;
BitString : [bB] ['] [01]* ['] ;
Hex       : '0x' [0-9A-Fa-f]+ ;
Float     : Digits ('.' [0-9]+)? [eE] [+-]? [0-9]+ ;
Decimal   : Digits '.' [0-9]+ ;
Integer   : Digits ;
Regex     : [rR] ['] ~['\r\n]* ['] ;
String    : ['] StringBody ['] ;
OpenString: ['] StringBody ;          // no closing quote on this line: one error, not fifty
Template  : ["] ~["\r\n]* ["] ;       // $placeholders$ are read by the parse layer
Quoted    : '`' (~[`\r\n] | '``')+ '`' ;
Name      : [A-Za-z_\u0080-\uFFFF] [A-Za-z0-9_$\u0080-\uFFFF]* ;
Doc       : '---' ~[\r\n]* -> channel(2) ;
Comment   : '--' ~[\r\n]* -> channel(HIDDEN) ;
Block     : '/*' .*? '*/' -> channel(HIDDEN) ;
Space     : [ \t\r\n]+ -> channel(HIDDEN) ;
Other     : . ;                       // never a lexer error: the parser reports it in its place

fragment Digits : [0-9] [0-9_]* ;
fragment StringBody : ( ~['\\\r\n] | '\\' ~[\r\n] | [']['] )* ;
fragment A:[aA]; fragment B:[bB]; fragment C:[cC]; fragment D:[dD]; fragment E:[eE]; fragment F:[fF];
fragment G:[gG]; fragment H:[hH]; fragment I:[iI]; fragment J:[jJ]; fragment K:[kK]; fragment L:[lL];
fragment M:[mM]; fragment N:[nN]; fragment O:[oO]; fragment P:[pP]; fragment Q:[qQ]; fragment R:[rR];
fragment S:[sS]; fragment T:[tT]; fragment U:[uU]; fragment V:[vV]; fragment W:[wW]; fragment X:[xX];
fragment Y:[yY]; fragment Z:[zZ];
