/*
 * SQL over streams, the dialect of LF Edge eKuiper 2.4. Kept LL(1) apart from operators, so that the first token that
 * does not fit is the one that is reported. An alias needs its AS: only so may most keywords be names, too.
 */
grammar RuleSql;

options { caseInsensitive = true; }

query: SELECT selectItem (',' selectItem)* FROM source join*
       (WHERE where=expression)?
       (GROUP BY groupItem (',' groupItem)*)?
       (HAVING having=expression)?
       (ORDER BY orderItem (',' orderItem)*)?
       (LIMIT limit=INTEGER)?
       ';'? EOF;

definitions: definition (';' definition?)* EOF;

selectItem: '*' (EXCEPT '(' name (',' name)* ')')? (REPLACE '(' replacement (',' replacement)* ')')? #everything
          | expression (AS name)? INVISIBLE? #selected;

replacement: expression AS name;

source: name (AS name)?;

join: (kind=(INNER | LEFT | RIGHT | FULL))? JOIN source ON expression #conditionalJoin
    | CROSS JOIN source #crossJoin;

groupItem: window (filter | trigger)* #windowed
         | expression #dimension;

window: TUMBLINGWINDOW '(' name ',' INTEGER ')' #tumbling
      | HOPPINGWINDOW '(' name ',' INTEGER ',' INTEGER ')' #hopping
      | SLIDINGWINDOW '(' name ',' INTEGER (',' INTEGER)? ')' #sliding
      | SESSIONWINDOW '(' name ',' INTEGER ',' INTEGER ')' #session
      | COUNTWINDOW '(' INTEGER (',' INTEGER)? ')' #count
      | STATEWINDOW '(' expression (',' expression)? ')' #state;

filter: FILTER '(' WHERE expression ')';

trigger: OVER '(' WHEN expression ')';

orderItem: expression (ASC | descending=DESC)?;

expression: predicate #test
          | NOT expression #not
          | expression AND expression #and
          | expression OR expression #or;

predicate: value tail?;

tail: op=('=' | '!=' | '<>' | '<' | '<=' | '>' | '>=') value #comparison
    | NOT? BETWEEN value AND value #between
    | NOT? IN ('(' value (',' value)* ')' | array) #in
    | NOT? LIKE value #like
    | IS NOT? NULL #nullTest;

value: value '[' index ']' #element
     | value op=('->' | '.') (name | star='*') #member
     | '-' value #negation
     | value op=('*' | '/' | '%' | '&') value #product
     | value op=('+' | '-' | '|' | '^') value #sum
     | CASE subject=expression? when+ (ELSE otherwise=expression)? END #case
     | name (call=arguments filter? over?)? #named
     | INTEGER #integer
     | DECIMAL #decimal
     | STRING #text
     | (TRUE | FALSE) #boolean
     | NULL #null
     | '(' expression ')' #parentheses;

index: from=value (colon=':' to=value?)?
     | colon=':' to=value?;

array: array '[' index ']' #arrayElement
     | array ('->' | '.') name #arrayMember
     | name arguments? #arrayNamed;

arguments: '(' (('*' | expression) (',' ('*' | expression))*)? ')';

over: OVER '(' (PARTITION BY expression (',' expression)*)? (WHEN when_=expression)? ')';

when: WHEN condition=expression THEN result=expression;

definition: CREATE kind=(STREAM | TABLE) name '(' (field (',' field)*)? ')'
            (WITH '(' (option (',' option)*)? ')')?;

field: name type;

type: ARRAY '(' type ')' #arrayType
    | STRUCT '(' field (',' field)* ')' #structType
    | IDENTIFIER #simpleType;

option: name '=' (STRING | TRUE | FALSE | INTEGER);

name: IDENTIFIER | QUOTED | INVISIBLE | EXCEPT | REPLACE | INNER | LEFT | RIGHT | FULL | CROSS | JOIN | ON | FILTER
    | OVER | PARTITION | ORDER | ASC | DESC | LIMIT | CREATE | STREAM | TABLE | WITH | ARRAY | STRUCT;

SELECT: 'SELECT';
FROM: 'FROM';
WHERE: 'WHERE';
GROUP: 'GROUP';
BY: 'BY';
HAVING: 'HAVING';
AS: 'AS';
AND: 'AND';
OR: 'OR';
NOT: 'NOT';
BETWEEN: 'BETWEEN';
IN: 'IN';
LIKE: 'LIKE';
IS: 'IS';
NULL: 'NULL';
CASE: 'CASE';
WHEN: 'WHEN';
THEN: 'THEN';
ELSE: 'ELSE';
END: 'END';
TRUE: 'TRUE';
FALSE: 'FALSE';
TUMBLINGWINDOW: 'TUMBLINGWINDOW';
HOPPINGWINDOW: 'HOPPINGWINDOW';
SLIDINGWINDOW: 'SLIDINGWINDOW';
SESSIONWINDOW: 'SESSIONWINDOW';
COUNTWINDOW: 'COUNTWINDOW';
STATEWINDOW: 'STATEWINDOW';
INVISIBLE: 'INVISIBLE';
EXCEPT: 'EXCEPT';
REPLACE: 'REPLACE';
INNER: 'INNER';
LEFT: 'LEFT';
RIGHT: 'RIGHT';
FULL: 'FULL';
CROSS: 'CROSS';
JOIN: 'JOIN';
ON: 'ON';
FILTER: 'FILTER';
OVER: 'OVER';
PARTITION: 'PARTITION';
ORDER: 'ORDER';
ASC: 'ASC';
DESC: 'DESC';
LIMIT: 'LIMIT';
CREATE: 'CREATE';
STREAM: 'STREAM';
TABLE: 'TABLE';
WITH: 'WITH';
ARRAY: 'ARRAY';
STRUCT: 'STRUCT';

INTEGER: [0-9]+;
DECIMAL: [0-9]+ '.' [0-9]+ EXPONENT? | '.' [0-9]+ EXPONENT? | [0-9]+ EXPONENT;
STRING: '\'' (~['\\\r\n] | '\\' ~[\r\n])* '\'' | '"' (~["\\\r\n] | '\\' ~[\r\n])* '"';
IDENTIFIER: [\p{L}_] [\p{L}\p{N}_]*;
QUOTED: '`' ~[`\r\n]+ '`';

COMMENT: ('/*' .*? '*/' | '--' ~[\r\n]*) -> skip;
OPEN_COMMENT: '/*';
BLANK: [ \t\r\n]+ -> skip;
OTHER: .;

fragment EXPONENT: 'E' [+-]? [0-9]+;
