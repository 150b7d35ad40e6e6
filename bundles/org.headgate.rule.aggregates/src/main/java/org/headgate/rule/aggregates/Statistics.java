package org.headgate.rule.aggregates;

import org.headgate.rule.functions.Expression;
import org.headgate.rule.functions.Frame;

/** What the simple aggregates of one number want to know, found in one look at it: keeping all of it costs less than asking who wants what. */
final class Statistics {
    final Expression argument;
    long count;
    double sum;
    double least = Double.POSITIVE_INFINITY;
    double greatest = Double.NEGATIVE_INFINITY;

    Statistics(Expression argument) {
        this.argument = argument;
    }

    void add(Frame frame) {
        double value = argument.evalDouble(frame);
        if (!frame.isNull()) {
            count++;
            sum += value;
            least = Math.min(least, value);
            greatest = Math.max(greatest, value);
        }
    }

    void merge(Statistics newer) {
        count += newer.count;
        sum += newer.sum;
        least = Math.min(least, newer.least);
        greatest = Math.max(greatest, newer.greatest);
    }

    /** Whether two of them are about the same: columns are values, other expressions only themselves. */
    boolean isAbout(Statistics other) {
        return argument.equals(other.argument);
    }
}
