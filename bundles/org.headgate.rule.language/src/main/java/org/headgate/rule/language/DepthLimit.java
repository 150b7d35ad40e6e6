package org.headgate.rule.language;

import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.ErrorNode;
import org.antlr.v4.runtime.tree.ParseTreeListener;
import org.antlr.v4.runtime.tree.TerminalNode;

/**
 * Stops the parser at a tree that is too deep. Parser, compiler and the compiled rule go down such a tree by recursion, and
 * the last of them on a thread whose stack nobody has asked about: a limit is sound, catching the overflow is not.
 */
final class DepthLimit implements ParseTreeListener {
    /** Some 100 parentheses, or a chain of AND that is longer than anybody writes. */
    private static final int MAX_DEPTH = 300;

    private int depth;

    @Override
    public void enterEveryRule(ParserRuleContext context) {
        if (++depth > MAX_DEPTH) {
            throw TreeBuilder.wrong(
                    TreeBuilder.at(context.getStart()), "expected an expression that is nested less deeply");
        }
    }

    @Override
    public void exitEveryRule(ParserRuleContext context) {
        depth--;
    }

    @Override
    public void visitTerminal(TerminalNode node) {}

    @Override
    public void visitErrorNode(ErrorNode node) {}
}
