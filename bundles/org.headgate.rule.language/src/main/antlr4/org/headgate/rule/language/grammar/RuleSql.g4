/*
 * SQL over streams, a first part of the dialect of LF Edge eKuiper 2.4. Kept LL(1) apart from operators, so that the
 * first token that does not fit is the one that is reported.
 */
grammar RuleSql;

options { caseInsensitive = true; }

query: SELECT selectItem (',' selectItem)* FROM name
       (WHERE where=expression)?
       (GROUP BY groupItem (',' groupItem)*)?
       (HAVING having=expression)?
       ';'? EOF;

selectItem: '*' #everything
          | expression (AS name)? #selected;

groupItem: TUMBLINGWINDOW '(' name ',' INTEGER ')' #tumbling
         | expression #dimension;

expression: predicate #test
          | NOT expression #not
          | expression AND expression #and
          | expression OR expression #or;

predicate: value tail?;

tail: op=('=' | '!=' | '<>' | '<' | '<=' | '>' | '>=') value #comparison
    | NOT? BETWEEN value AND value #between
    | NOT? IN '(' value (',' value)* ')' #in
    | NOT? LIKE value #like
    | IS NOT? NULL #nullTest;

value: '-' value #negation
     | value op=('*' | '/' | '%') value #product
     | value op=('+' | '-') value #sum
     | CASE subject=expression? when+ (ELSE otherwise=expression)? END #case
     | name call=arguments? #named
     | name '.' name #qualified
     | INTEGER #integer
     | DECIMAL #decimal
     | STRING #text
     | (TRUE | FALSE) #boolean
     | '(' expression ')' #parentheses;

arguments: '(' (star='*' | expression (',' expression)*)? ')';

when: WHEN condition=expression THEN result=expression;

name: IDENTIFIER | QUOTED;

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
