package org.headgate.bench.rules;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import org.headgate.rule.engine.ManyRules;
import org.headgate.rule.language.RuleException;

/** What rules cost in memory once they are compiled and indexed: the heap that is left after a collection, with them and without. */
public final class RuleMemory {
    private static final MemoryMXBean MEMORY = ManagementFactory.getMemoryMXBean();

    private RuleMemory() {}

    /** The bytes of one of so many. */
    public static double bytes(int rules) {
        Feed feed = new Feed();
        Feed.Sink sink = new Feed.Sink();
        try {
            // What belongs to all of them, as the parser's tables, is there before.
            ManyRules first = filled(1, feed, sink);
            long before = used();
            ManyRules many = filled(rules, feed, sink);
            long after = used();
            many.rows(feed.rows());
            first.rows(feed.rows());
            return (double) (after - before) / rules;
        } catch (RuleException wrong) {
            throw new IllegalStateException(wrong);
        }
    }

    private static ManyRules filled(int rules, Feed feed, Feed.Sink sink) throws RuleException {
        ManyRules many = new ManyRules(sink::take);
        for (int i = 0; i < rules; i++) {
            many.add(ManyRulesBench.sql(i, rules));
        }
        many.rows(feed.rows());
        return many;
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return MEMORY.getHeapMemoryUsage().getUsed();
    }
}
