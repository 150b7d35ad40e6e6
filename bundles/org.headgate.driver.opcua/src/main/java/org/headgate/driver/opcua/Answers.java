package org.headgate.driver.opcua;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.headgate.codec.JsonWriter;
import org.headgate.data.api.Type;
import org.headgate.device.api.Readings;
import org.headgate.device.api.Reports;

/**
 * What the methods of a connection have answered: the value of a channel that calls one is what its last call gave back. A single output is
 * a value like that of a variable; none and several are an array. Used by one thread at a time.
 */
final class Answers {
    private final Map<String, DataValue> last = new HashMap<>();
    private final Map<String, Integer> places = new HashMap<>();
    private Reports reports;

    /** Reports each answer from now on, at the place of its channel; says which places these are. */
    List<Integer> reportTo(List<Plan> plans, Reports into) {
        reports = into;
        for (int i = 0; i < plans.size(); i++) {
            if (plans.get(i).source() instanceof Source.Method) {
                places.put(plans.get(i).channel().name(), i);
            }
        }
        return List.copyOf(places.values());
    }

    /** A call has ended well. */
    void take(Plan plan, DataValue answer) {
        String channel = plan.channel().name();
        last.put(channel, answer);
        Integer place = places.get(channel);
        if (place != null) {
            reports.report(readings -> {
                set(plan, place, readings);
                readings.time(Times.of(answer));
            });
        }
    }

    /** Sets what the last call has answered; returns when that was. */
    long set(Plan plan, int index, Readings into) {
        DataValue answer = last.get(plan.channel().name());
        if (answer == null) {
            into.bad(index, "not called yet");
            return Times.NONE;
        }
        if (answer.value().value() instanceof Object[] outputs
                && !fits(plan.channel().type(), outputs)) {
            into.bad(
                    index,
                    outputs.length == 0
                            ? "the method answers nothing: access=w calls it all the same"
                            : "the method answers " + outputs.length + " values: the type string has them as JSON");
            return Times.of(answer);
        }
        Values.set(plan, answer, index, into);
        return Times.of(answer);
    }

    private static boolean fits(Type type, Object[] outputs) {
        return switch (type) {
            case STRING, ARRAY -> true;
            case BYTES -> !(outputs instanceof Variant[]);
            default -> false;
        };
    }

    /** For the log. */
    static String words(DataValue answer) {
        try {
            return Faults.line(
                    new JsonWriter().value(Values.plain(answer.value())).toString());
        } catch (IllegalArgumentException structure) {
            return structure.getMessage();
        }
    }
}
