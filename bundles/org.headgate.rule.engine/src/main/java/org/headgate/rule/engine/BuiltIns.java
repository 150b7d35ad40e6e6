package org.headgate.rule.engine;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.headgate.rule.aggregates.Aggregates;
import org.headgate.rule.aggregates.Analytics;
import org.headgate.rule.functions.FunctionDefinition;
import org.headgate.rule.library.Library;
import org.headgate.rule.reduce.Reductions;

/** The functions that are always there: the one list of them. */
public final class BuiltIns {
    private BuiltIns() {}

    /**
     * All of them.
     *
     * @param zone the time zone of dates and times that say none
     * @param random where chance comes from; called by many threads
     */
    public static List<FunctionDefinition> all(ZoneId zone, RandomGenerator random) {
        List<FunctionDefinition> all = new ArrayList<>(Library.all(zone, random));
        all.addAll(Aggregates.all());
        all.addAll(Analytics.all());
        all.addAll(Reductions.all());
        return List.copyOf(all);
    }
}
