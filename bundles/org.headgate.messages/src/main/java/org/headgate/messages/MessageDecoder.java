package org.headgate.messages;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.headgate.codec.SenmlUnits;
import org.headgate.config.api.Texts;
import org.headgate.data.api.Type;
import org.headgate.device.api.Channel;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.device.api.Readings;
import org.headgate.device.api.Reports;

/**
 * Finds the values of channels in messages. A source says where: {@code /a/b} (a JSON pointer), {@code csv/2}, {@code text}, {@code
 * senml/NAME}. A message of several instants becomes as many rows. A channel that is not in a message is ABSENT, or BAD with {@code
 * required=true}; one that is there but does not fit is BAD with the reason. Immutable, hence for any thread.
 */
public final class MessageDecoder {
    private static final int LEAST_MAX = 16;
    private static final int MOST_MAX = 16 << 20;
    private static final String MISSING = "not in the message";
    private static final Map<String, String> DEFAULTS = defaultsInOrder();

    private final List<Field> fields;
    /** The number of each field among the values; -1 where it has none. */
    private final int[] places;

    private final Format format;
    private final int longest;

    private MessageDecoder(List<Field> fields, int[] places, Format format, int longest) {
        this.fields = fields;
        this.places = places;
        this.format = format;
        this.longest = longest;
    }

    /** The keys of a device's file that this understands, and what counts without them. */
    public static Map<String, String> defaults() {
        return DEFAULTS;
    }

    /** The options of a channel that this understands. */
    public static Set<String> options() {
        return Field.OPTIONS;
    }

    /** Whether a source is one of a message, however the other settings are. */
    public static boolean isSource(String source) {
        return Place.parse(source).isPresent();
    }

    /**
     * Judges channels and makes their decoder, which numbers values by the channels' order here.
     *
     * @param channels what is to be found in one and the same message
     * @param keys keys of the device's file; others than {@link #defaults} are not looked at
     * @throws InvalidSettingException when one of the sources, options or keys is wrong, or they do not go together
     */
    public static MessageDecoder of(List<Channel> channels, Map<String, String> keys) throws InvalidSettingException {
        List<Field> fields = new ArrayList<>();
        int[] places = new int[channels.size()];
        for (int i = 0; i < places.length; i++) {
            fields.add(Field.parse(channels.get(i)));
            places[i] = i;
        }
        return new MessageDecoder(List.copyOf(fields), places, Formats.of(fields, keys), longest(keys));
    }

    /** The same decoder with values numbered by another list, of which some channels may be missing: they are left out. */
    public MessageDecoder numberedAs(List<Channel> request) {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        for (int i = 0; i < request.size(); i++) {
            numbers.put(request.get(i).name(), i);
        }
        int[] others = new int[places.length];
        for (int i = 0; i < others.length; i++) {
            others[i] = numbers.getOrDefault(fields.get(i).channel().name(), -1);
        }
        return new MessageDecoder(fields, others, format, longest);
    }

    /** The longest message in bytes, {@code message.max}: a driver does not keep more of one. */
    public int longest() {
        return longest;
    }

    /**
     * Hands over what a message says: one report for each instant, in the order of the message, those without any of the channels left out.
     *
     * @param nowNanos when it came, in nanoseconds since the epoch: SenML may say times from there
     * @return how many reports were made
     * @throws MessageException when the message as a whole is wrong: nothing was reported
     */
    public int decode(byte[] message, int offset, int length, long nowNanos, Reports into) throws MessageException {
        Map<Field, Object> whole = whole(message, offset, length);
        int reports = 0;
        for (Instant instant : format.read(message, offset, length, nowNanos)) {
            if (says(instant, whole)) {
                into.report(readings -> fill(instant, whole, readings));
                reports++;
            }
        }
        return reports;
    }

    /**
     * What a message has said of one read.
     *
     * @param found whether any of the channels is in it
     * @param older how many of its instants gave no value, because newer ones had all that they have
     */
    public record Newest(boolean found, int older) {}

    /**
     * Gives each channel's newest value of a message, each with its own time, and that of the newest as the time of the whole: for who
     * reads. Of instants without a time the last one is the newest.
     *
     * @throws MessageException when the message as a whole is wrong: nothing was given
     */
    public Newest decodeNewest(byte[] message, int offset, int length, long nowNanos, Readings into)
            throws MessageException {
        Map<Field, Object> whole = whole(message, offset, length);
        List<Instant> newestFirst = new ArrayList<>();
        for (Instant instant : format.read(message, offset, length, nowNanos)) {
            if (says(instant, whole)) {
                newestFirst.add(instant);
            }
        }
        Collections.reverse(newestFirst);
        newestFirst.sort(Comparator.comparingLong(Instant::timeNanos).reversed());
        if (newestFirst.isEmpty()) {
            return new Newest(false, 0);
        }
        boolean[] given = new boolean[places.length];
        int older = 0;
        for (Instant instant : newestFirst) {
            boolean gives = false;
            for (int i = 0; i < places.length; i++) {
                if (places[i] >= 0 && !given[i]) {
                    given[i] = fill(i, instant, whole, into);
                    gives |= given[i];
                    if (given[i] && instant.timeNanos() != Instant.NO_TIME) {
                        into.time(places[i], instant.timeNanos());
                    }
                }
            }
            older += gives ? 0 : 1;
        }
        for (int i = 0; i < places.length; i++) {
            if (places[i] >= 0 && !given[i] && fields.get(i).required()) {
                into.bad(places[i], MISSING);
            }
        }
        giveTime(newestFirst.get(0), into);
        return new Newest(true, older);
    }

    /** Marks all of the channels BAD, for a message that was refused as a whole. */
    public void bad(String why, Readings into) {
        for (int place : places) {
            if (place >= 0) {
                into.bad(place, why);
            }
        }
    }

    private boolean says(Instant instant, Map<Field, Object> whole) {
        for (int i = 0; i < places.length; i++) {
            Field field = fields.get(i);
            if (places[i] >= 0 && (field.required() || whole.containsKey(field) || instant.value(field) != null)) {
                return true;
            }
        }
        return false;
    }

    private void fill(Instant instant, Map<Field, Object> whole, Readings into) {
        for (int i = 0; i < places.length; i++) {
            if (places[i] >= 0
                    && !fill(i, instant, whole, into)
                    && fields.get(i).required()) {
                into.bad(places[i], MISSING);
            }
        }
        giveTime(instant, into);
    }

    /** Gives one value; whether there is one. */
    private boolean fill(int i, Instant instant, Map<Field, Object> whole, Readings into) {
        Field field = fields.get(i);
        Object value = whole.isEmpty() ? instant.value(field) : whole.getOrDefault(field, instant.value(field));
        if (value == null) {
            return false;
        }
        Values.set(field, value, places[i], into);
        String unit = instant.unit(field);
        if (SenmlUnits.contradict(unit, field.channel().unit())) {
            into.uncertain(
                    places[i],
                    "in " + Values.printable(unit) + ", not in "
                            + field.channel().unit());
        }
        return true;
    }

    private static void giveTime(Instant instant, Readings into) {
        if (instant.timeNanos() != Instant.NO_TIME) {
            into.time(instant.timeNanos());
        }
    }

    /** The values of channels that are the message itself. */
    private Map<Field, Object> whole(byte[] message, int offset, int length) throws MessageException {
        if (length > longest) {
            throw new MessageException("too long: " + length + " bytes (at most " + longest + ", message.max)");
        }
        Map<Field, Object> whole = Collections.emptyMap();
        for (Field field : fields) {
            if (field.place() instanceof Place.Whole) {
                whole = whole.isEmpty() ? new LinkedHashMap<>() : whole;
                boolean bytes = field.channel().type() == Type.BYTES;
                whole.put(
                        field,
                        bytes
                                ? Arrays.copyOfRange(message, offset, offset + length)
                                : Format.text(message, offset, length).stripTrailing());
            }
        }
        return whole;
    }

    private static int longest(Map<String, String> keys) throws InvalidSettingException {
        String text = keys.getOrDefault("message.max", DEFAULTS.get("message.max"));
        Optional<Long> bytes = Texts.bytes(text).filter(size -> size >= LEAST_MAX && size <= MOST_MAX);
        return bytes.orElseThrow(() -> new InvalidSettingException("message.max", text, "a size from 16 to 16MiB"))
                .intValue();
    }

    private static Map<String, String> defaultsInOrder() {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("message.max", "64KiB");
        keys.put("rows", "");
        keys.put("time", "");
        keys.put("time.unit", "auto");
        keys.put("separator", ",");
        return Collections.unmodifiableMap(keys);
    }
}
