package org.headgate.driver.opcua;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.DataChangeTrigger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.DeadbandType;
import org.eclipse.milo.opcua.stack.core.types.structured.DataChangeFilter;
import org.headgate.config.api.Texts;
import org.headgate.data.api.Type;
import org.headgate.device.api.Channel;
import org.headgate.device.api.InvalidSettingException;

/**
 * What a channel's text says.
 *
 * @param range the element of an array, counted from 0, or a range of them (OPC 10000-4, 7.27); empty for the whole
 * @param sampling how often the server looks at the value; zero for as often as it can
 * @param queue how many values the server keeps between two messages
 * @param filter what the server holds back
 */
record Plan(
        Channel channel,
        Source source,
        String range,
        Duration sampling,
        long queue,
        Optional<DataChangeFilter> filter) {
    private static final Set<String> VARIABLE = Set.of("type", "index", "sampling", "queue", "server.deadband");
    private static final Set<String> OTHER = Set.of("type");
    private static final Pattern RANGE = Pattern.compile("[0-9]{1,9}(:[0-9]{1,9})?(,[0-9]{1,9}(:[0-9]{1,9})?){0,4}");
    private static final Pattern DEADBAND = Pattern.compile("([0-9]{1,15}(?:\\.[0-9]{1,15})?)(%?)");
    private static final long LONGEST_QUEUE = 10_000;
    private static final int PERCENT = 100;

    static Plan parse(Channel channel, Duration sampling, long queue) throws InvalidSettingException {
        Source source =
                Source.parse(channel.source()).orElseThrow(() -> wrong(channel, channel.source(), Source.EXPECTED));
        boolean method = source instanceof Source.Method;
        boolean variable = source instanceof Source.Variable;
        Map<String, String> options = channel.options();
        channel.requireKnown(
                variable ? VARIABLE : OTHER,
                !variable ? "no option of its own" : "index=, sampling=, queue=, server.deadband=");
        if (method && !channel.access().canWrite()) {
            throw wrong(channel, channel.source(), "access=w to call the method, access=rw to read its answer, too");
        }
        if (source instanceof Source.Counter && channel.access().canWrite()) {
            throw wrong(channel, channel.source(), "access=r, for it can only be read");
        }
        String range = options.getOrDefault("index", "");
        if (!range.isEmpty() && !RANGE.matcher(range).matches()) {
            throw wrong(channel, "index=" + range, "index=3, a range index=0:9, or index=1,2 in a matrix");
        }
        return new Plan(
                channel,
                source,
                range,
                options.containsKey("sampling")
                        ? sampling("channel." + channel.name(), options.get("sampling"))
                        : sampling,
                options.containsKey("queue") ? queue("channel." + channel.name(), options.get("queue")) : queue,
                options.containsKey("server.deadband")
                        ? Optional.of(deadband(channel, options.get("server.deadband")))
                        : Optional.empty());
    }

    static Duration sampling(String key, String text) throws InvalidSettingException {
        if (text.equals("fastest")) {
            return Duration.ZERO;
        }
        return Texts.duration(text)
                .filter(interval -> interval.toMillis() > 0)
                .orElseThrow(() -> new InvalidSettingException(key, text, "sampling such as 100ms or 1s, or fastest"));
    }

    static long queue(String key, String text) throws InvalidSettingException {
        return Texts.number(text)
                .filter(count -> count >= 1 && count <= LONGEST_QUEUE)
                .orElseThrow(() -> new InvalidSettingException(key, text, "a queue from 1 to " + LONGEST_QUEUE));
    }

    /** OPC 10000-4, 7.22.2: absolute, or in percent of the variable's EURange. */
    private static DataChangeFilter deadband(Channel channel, String text) throws InvalidSettingException {
        Matcher found = DEADBAND.matcher(text);
        boolean number = channel.type() == Type.LONG || channel.type() == Type.DOUBLE;
        if (!number || !found.matches()) {
            throw wrong(
                    channel,
                    "server.deadband=" + text,
                    "server.deadband=0.5 or 5% of the variable's range, for a number");
        }
        double value = Double.parseDouble(found.group(1));
        boolean percent = !found.group(2).isEmpty();
        if (percent && value > PERCENT) {
            throw wrong(channel, "server.deadband=" + text, "at most 100%");
        }
        DeadbandType type = percent ? DeadbandType.Percent : DeadbandType.Absolute;
        return new DataChangeFilter(DataChangeTrigger.StatusValue, UInteger.valueOf(type.getValue()), value);
    }

    /** Whether the value is a single element of an array. */
    boolean isElement() {
        return !range.isEmpty() && range.indexOf(':') < 0;
    }

    /** How many dimensions an index counts in; 0 where there is none. */
    int dimensions() {
        return range.isEmpty() ? 0 : range.split(",").length;
    }

    private static InvalidSettingException wrong(Channel channel, String value, String expected) {
        return new InvalidSettingException("channel." + channel.name(), value, expected);
    }
}
