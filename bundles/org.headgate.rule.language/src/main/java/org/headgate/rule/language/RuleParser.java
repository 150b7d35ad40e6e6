package org.headgate.rule.language;

import java.util.List;
import java.util.function.Function;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.misc.ParseCancellationException;
import org.antlr.v4.runtime.tree.IterativeParseTreeWalker;
import org.headgate.rule.language.grammar.RuleSqlLexer;
import org.headgate.rule.language.grammar.RuleSqlParser;

/** Parses a rule's text, and definitions of streams. */
public final class RuleParser {
    /** The longest text that is read: nobody writes a longer rule, and a file of garbage must not cost minutes. */
    private static final int MAX_LENGTH = 64 * 1024;

    private RuleParser() {}

    /**
     * The syntax tree of a rule.
     *
     * @throws RuleException at the first token that does not fit
     */
    public static Query parse(String sql) throws RuleException {
        return parse(sql, RuleSqlParser::query, tree -> new TreeBuilder().query(tree));
    }

    /**
     * What {@code CREATE STREAM} and {@code CREATE TABLE} statements say, in order; a semicolon stands between two.
     *
     * @throws RuleException at the first token that does not fit
     */
    public static List<StreamDefinition> definitions(String sql) throws RuleException {
        return parse(sql, RuleSqlParser::definitions, DefinitionBuilder::definitions);
    }

    private static <T extends ParserRuleContext, R> R parse(
            String sql, Function<RuleSqlParser, T> rule, Function<T, R> build) throws RuleException {
        if (sql.length() > MAX_LENGTH) {
            throw new RuleException(Position.START, "expected a rule of " + MAX_LENGTH + " characters at most");
        }
        RuleSqlLexer lexer = new RuleSqlLexer(CharStreams.fromString(sql));
        RuleSqlParser parser = new RuleSqlParser(new CommonTokenStream(lexer));
        FirstError firstError = new FirstError();
        lexer.removeErrorListeners();
        parser.removeErrorListeners();
        lexer.addErrorListener(firstError);
        parser.addErrorListener(firstError);
        parser.addParseListener(new DepthLimit());
        try {
            T tree = rule.apply(parser);
            // A chain such as a + b + c is parsed in a loop, and deep all the same: seen only when it is complete.
            new IterativeParseTreeWalker().walk(new DepthLimit(), tree);
            return build.apply(tree);
        } catch (ParseCancellationException stopped) {
            if (stopped.getCause() instanceof RuleException found) {
                throw found;
            }
            throw stopped;
        }
    }
}
