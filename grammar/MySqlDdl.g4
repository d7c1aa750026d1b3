// What DDL of MySQL 9.7 and MariaDB 10.11 says about tables: columns, keys, charsets, names. Everything else (index
// options, engines, partitions, foreign keys' actions) is read as balanced tokens, so that a new option of a new
// server is no mistake. The tokens come from stdlib/ddl/tokens.cpp, since strings and comments depend on the sql_mode
// and version of the server that wrote them; a word is a keyword token if it is listed here, else Name.
//
// Where an alternative of any token stands beside a precise one, the precise one is first and wins.

parser grammar MySqlDdl;

tokens {
  Open, Close, Comma, Semicolon, Dot, Equal, Sign, Operator, Name, Quoted, String, Number, Bits,
  ADD, AFTER, ALTER, ALWAYS, AS, ASC, ASCII, AUTO_INCREMENT, BINARY, BYTE, CHANGE, CHAR, CHARACTER, CHARSET, CHECK_,
  COLLATE, COLUMN, COMMENT, CONSTRAINT, CONVERT, CREATE, DATABASE, DEFAULT, DESC, DOUBLE, DROP, END, ENFORCED, EXCHANGE,
  EXISTS, FIRST, FOR, FOREIGN, FULLTEXT, GENERATED, IF, IGNORE, INDEX, INVISIBLE, KEY, LIKE, LONG, MODIFY, NATIONAL,
  NCHAR, NEXT, NOT, NULL_, NVARCHAR, ON, ONLINE, OFFLINE, OR, PARTITION, PERIOD, PERSISTENT, PRECISION, PRIMARY,
  REFERENCES, RENAME, REPLACE, ROW, SCHEMA, SELECT, SET, SIGNED, SPATIAL, START, STORED, SYSTEM, TABLE, TABLES,
  TEMPORARY, TO, TRUNCATE, UNICODE, UNIQUE, UNSIGNED, UPDATE, VALUE, VALUES, VARBINARY, VARCHAR, VARCHARACTER, VARYING,
  VECTOR, VERSIONING, VIRTUAL, VISIBLE, WAIT, NOWAIT, WITH, ZEROFILL
}

createTable   : CREATE (OR REPLACE)? TEMPORARY? TABLE ifNotExists? tableName
                ( LIKE tableName | Open LIKE tableName Close | elements tableOption* query?
                | bareOption* query? ) Semicolon? EOF ;
dropTable     : DROP TEMPORARY? (TABLE | TABLES) ifExists? tableName (Comma tableName)* skipped* Semicolon? EOF ;
alterTable    : ALTER (ONLINE | OFFLINE | IGNORE)* TABLE ifExists? tableName wait? (alteration (Comma alteration)*)? Semicolon? EOF ;
renameTable   : RENAME (TABLE | TABLES) ifExists? tableRenaming (Comma tableRenaming)* Semicolon? EOF ;
tableRenaming : tableName wait? TO tableName ;
wait          : WAIT Number | NOWAIT ;
truncateTable : TRUNCATE TABLE? tableName skipped* Semicolon? EOF ;
createIndex   : CREATE (OR REPLACE)? (ONLINE | OFFLINE)? (UNIQUE | FULLTEXT | SPATIAL | VECTOR)? INDEX ifNotExists? ident
                indexType? ON tableName keyParts skipped* Semicolon? EOF ;
dropIndex     : DROP (ONLINE | OFFLINE)? INDEX ifExists? ident ON tableName skipped* Semicolon? EOF ;
createDatabase : CREATE (OR REPLACE)? (DATABASE | SCHEMA) ifNotExists? ident databaseOption* Semicolon? EOF ;
alterDatabase : ALTER (DATABASE | SCHEMA) ident? databaseOption* Semicolon? EOF ;
dropDatabase  : DROP (DATABASE | SCHEMA) ifExists? ident Semicolon? EOF ;

ifExists      : IF EXISTS ;
ifNotExists   : IF NOT EXISTS ;
databaseOption : charset | collation | any ;

// ---- tables ----------------------------------------------------------------------------------------------------
elements      : Open element (Comma element)* Close ;
element       : key | PERIOD FOR any* | columnDef ;
key           : (CONSTRAINT ident?)? ( PRIMARY KEY ident? indexType? keyParts skipped*
                                     | UNIQUE (KEY | INDEX)? ifNotExists? ident? indexType? keyParts skipped*
                                     | FOREIGN KEY skipped*
                                     | CHECK_ skipped* )
              | (FULLTEXT | SPATIAL | VECTOR) (KEY | INDEX)? ifNotExists? ident? keyParts skipped*
              | (KEY | INDEX) ifNotExists? ident? indexType? keyParts skipped* ;
indexType     : Name Name ;                                    // USING BTREE
keyParts      : Open keyPart (Comma keyPart)* Close ;
keyPart       : ident (Open Number Close)? (ASC | DESC)? | balanced (ASC | DESC)? | ident Name Name ;  // … WITHOUT OVERLAPS

columnDef     : ident dataType attribute* ;
dataType      : ( LONG (VARCHAR | VARBINARY | VARCHARACTER | (CHAR | CHARACTER) VARYING)?
                | NATIONAL (CHAR | CHARACTER) VARYING? | NATIONAL (VARCHAR | VARCHARACTER)
                | NCHAR (VARYING | VARCHAR | VARCHARACTER)?
                | (CHAR | CHARACTER) (VARYING | BYTE)?
                | DOUBLE PRECISION?
                | SET | BINARY | VARBINARY | VARCHAR | VARCHARACTER | CHARACTER | VECTOR | SIGNED | UNSIGNED | ident )
                typeArguments? ;
typeArguments : Open typeArgument (Comma typeArgument)* Close ;
typeArgument  : Name? String+ | Number | Bits ;
attribute     : NOT NULL_ | NULL_
              | UNSIGNED | SIGNED | ZEROFILL | BINARY | ASCII | UNICODE | BYTE
              | charset | collation
              | DEFAULT defaultValue
              | ON UPDATE defaultValue
              | AUTO_INCREMENT
              | UNIQUE KEY? | PRIMARY? KEY
              | COMMENT String+
              | (GENERATED ALWAYS)? AS generated
              | INVISIBLE | VISIBLE
              | (CONSTRAINT ident?)? CHECK_ balanced (NOT? ENFORCED)?
              | REFERENCES skippedInColumn+
              | skippedInColumn ;
generated     : balanced (VIRTUAL | STORED | PERSISTENT)? | ROW (START | END) ;
defaultValue  : Sign* Number | Name? String+ | Bits | balanced | NULL_ | NEXT VALUE FOR ident (Dot ident)?
              | ident (Dot ident)* balanced? ;
place         : FIRST | AFTER ident ;
charset       : DEFAULT? (CHARSET | CHARACTER SET) Equal? (charsetName | DEFAULT) ;
collation     : DEFAULT? COLLATE Equal? (charsetName | DEFAULT) ;
charsetName   : ident | String | BINARY | ASCII | UNICODE ;
tableOption   : charset | collation | Comma | any ;
bareOption    : charset | collation | ~(Open | Close | Semicolon | SELECT) ;  // without columns: no parentheses either
query         : SELECT anything* | Open query Close anything* ;  // an AS, IGNORE or WITH before it is an option

// ---- alterations -----------------------------------------------------------------------------------------------
alteration    : systemVersioning | addColumn | addColumns | addKey | dropColumn | dropPrimaryKey | dropKey | dropConstraint
              | removeRows | modifyColumn | changeColumn | renameColumn | renameKey | renameTo | columnDefault | convertTo
              | otherAlteration ;
systemVersioning : (ADD | DROP) SYSTEM VERSIONING ;
addColumn     : ADD COLUMN? ifNotExists? columnDef place? ;
addColumns    : ADD COLUMN? ifNotExists? elements ;
addKey        : ADD key ;
dropColumn    : DROP COLUMN? ifExists? ident skipped* ;
dropPrimaryKey : DROP PRIMARY KEY ;
dropKey       : DROP (INDEX | KEY) ifExists? ident ;
dropConstraint : DROP CONSTRAINT ifExists? ident ;
removeRows    : (EXCHANGE PARTITION ident WITH | CONVERT PARTITION ident TO) TABLE tableName skipped*
              | CONVERT TABLE tableName skipped*
              | (DROP | TRUNCATE | EXCHANGE) PARTITION skipped* (Comma ident)* ;
modifyColumn  : MODIFY COLUMN? ifExists? columnDef place? ;
changeColumn  : CHANGE COLUMN? ifExists? ident columnDef place? ;
renameColumn  : RENAME COLUMN ifExists? ident TO ident ;
renameKey     : RENAME (INDEX | KEY) ifExists? ident TO ident ;
renameTo      : RENAME (TO | AS | Equal)? tableName ;
columnDefault : ALTER COLUMN? ifExists? ident (SET DEFAULT defaultValue | DROP DEFAULT | SET (VISIBLE | INVISIBLE)) ;
convertTo     : CONVERT TO (CHARSET | CHARACTER SET) (charsetName | DEFAULT) collation? ;
otherAlteration : (charset | collation | any)+ ;

// ---- names and what is skipped -----------------------------------------------------------------------------------
tableName     : ident (Dot ident)? | Dot ident ;
ident         : Name | Quoted | AFTER | ALWAYS | ASCII | AUTO_INCREMENT | BYTE | CHARSET | COMMENT | END | ENFORCED
              | EXCHANGE | FIRST | GENERATED | INVISIBLE | MODIFY | NATIONAL | NCHAR | NEXT | NVARCHAR | ONLINE
              | OFFLINE | PERIOD | PERSISTENT | ROW | SIGNED | START | STORED | SYSTEM | TABLES | TEMPORARY | TRUNCATE
              | UNICODE | VALUE | VECTOR | VERSIONING | VIRTUAL | VISIBLE
              | WAIT | NOWAIT ;
balanced      : Open inside* Close ;
inside        : balanced | ~(Open | Close) ;
skipped       : balanced | ~(Open | Close | Comma | Semicolon) ;
skippedInColumn : balanced | ~(Open | Close | Comma | Semicolon | FIRST | AFTER) ;
any           : balanced | ~(Open | Close | Comma | Semicolon | SELECT) ;
anything      : balanced | ~(Open | Close | Semicolon) ;
