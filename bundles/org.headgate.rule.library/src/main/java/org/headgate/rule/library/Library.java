package org.headgate.rule.library;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.headgate.rule.functions.FunctionDefinition;
import org.headgate.rule.functions.Scalars;

/** All scalar functions. */
public final class Library {
    private Library() {}

    /**
     * All of them, by family.
     *
     * @param zone the time zone of dates and times that say none
     * @param random where {@code rand()}, {@code newuuid()} and {@code array_shuffle(a)} take chance from; called by many threads
     */
    public static List<FunctionDefinition> all(ZoneId zone, RandomGenerator random) {
        List<FunctionDefinition> all = new ArrayList<>(Scalars.all());
        all.addAll(Maths.all(random));
        all.addAll(Bits.all());
        all.addAll(TextFunctions.all());
        all.addAll(RegexFunctions.all());
        all.addAll(Conversions.all(zone));
        all.addAll(Encodings.all());
        all.addAll(ClockFunctions.all(zone));
        all.addAll(DateFunctions.all(zone));
        all.addAll(ArrayFunctions.all());
        all.addAll(ArraySets.all(random));
        all.addAll(StructFunctions.all());
        all.addAll(JsonFunctions.all());
        all.addAll(RuleFunctions.all(random));
        // Last: it looks the functions up that it applies.
        all.add(ArrayMap.of(List.copyOf(all)));
        return List.copyOf(all);
    }
}
