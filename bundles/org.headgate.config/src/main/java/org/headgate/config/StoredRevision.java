package org.headgate.config;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.headgate.codec.JsonReader;
import org.headgate.codec.JsonWriter;

/**
 * A revision as it lies on disk: JSON in gzip, whose check sum shows a torn or damaged one. It is also the journal of the change
 * that makes it: {@code before} says what each changed file was.
 *
 * @param number counts up from 1
 * @param epochMillis when it was made
 * @param by who made it
 * @param what what was typed
 * @param trial set where it goes back by itself unless it is confirmed
 * @param undoes the revision that was not kept, and that this one takes back; 0 for none
 * @param before the check sum of each changed file before the change; empty where there was no file
 * @param files the bytes of all files
 * @param unread files that were there and could not be read: what was in them nobody knows
 * @param byHand whether an editor made it, not a command
 */
record StoredRevision(
        long number,
        long epochMillis,
        String by,
        String what,
        Optional<Trial> trial,
        long undoes,
        SortedMap<String, Optional<Long>> before,
        SortedMap<String, byte[]> files,
        SortedSet<String> unread,
        boolean byHand) {
    private static final long FORMAT = 1;
    /** A set-up of thousands of devices is a few MiB; what is larger would not fit a small heap. */
    private static final int MOST = 32 << 20;

    /**
     * How long a change waits to be confirmed.
     *
     * @param deadlineMillis when its time is over, in milliseconds since the epoch
     * @param withinMillis how long that was from the start
     * @param back the revision to go back to
     */
    record Trial(long deadlineMillis, long withinMillis, long back) {}

    /**
     * What is shown of a revision, without its files: fifty set-ups at once would be too much for a small heap.
     *
     * @param changes the files that it changed, each with its sign
     */
    record Heading(
            long number, long epochMillis, String by, String what, boolean tried, long undoes, List<String> changes) {}

    Heading heading() {
        return new Heading(number, epochMillis, by, what, trial.isPresent(), undoes, changes());
    }

    /** The files that this revision changed, as {@code gateway:revisions} shows them. */
    List<String> changes() {
        List<String> changes = new ArrayList<>();
        before.forEach((file, sum) -> {
            String sign = sum.isEmpty() ? "+" : files.containsKey(file) ? "~" : "-";
            changes.add(sign + " " + file);
        });
        return changes;
    }

    /** The same, to be kept without a condition. */
    StoredRevision confirmed() {
        return new StoredRevision(
                number, epochMillis, by, what, Optional.empty(), undoes, before, files, unread, byHand);
    }

    boolean holds(SortedMap<String, byte[]> others) {
        return Snapshot.same(files, others);
    }

    byte[] encoded() throws IOException {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("format", FORMAT);
        json.put("number", number);
        json.put("time", epochMillis);
        json.put("by", by);
        json.put("what", what);
        trial.ifPresent(some -> json.put(
                "trial", Map.of("deadline", some.deadlineMillis, "within", some.withinMillis, "back", some.back)));
        json.put("undoes", undoes);
        json.put("byHand", byHand);
        json.put("unread", unread);
        Map<String, Object> sums = new LinkedHashMap<>();
        before.forEach((file, sum) -> sums.put(file, sum.orElse(null)));
        json.put("before", sums);
        Map<String, Object> texts = new LinkedHashMap<>();
        Map<String, Object> binary = new LinkedHashMap<>();
        files.forEach((file, bytes) -> {
            String text = new String(bytes, StandardCharsets.UTF_8);
            if (Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes)) {
                texts.put(file, text);
            } else {
                binary.put(file, Base64.getEncoder().encodeToString(bytes));
            }
        });
        json.put("files", texts);
        json.put("binary", binary);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(new JsonWriter().value(json).toBytes());
        }
        return bytes.toByteArray();
    }

    /**
     * Reads one back.
     *
     * @throws IOException when it is torn, damaged, or of another format
     */
    static StoredRevision decode(byte[] encoded) throws IOException {
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(encoded))) {
            byte[] bytes = gzip.readNBytes(MOST);
            // Only the end shows whether the check sum is right.
            if (gzip.read() >= 0) {
                throw new IOException("larger than " + MOST + " bytes");
            }
            return of((Map<?, ?>) JsonReader.read(new String(bytes, StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException | ClassCastException | NullPointerException damaged) {
            throw new IOException("not a revision: " + damaged.getMessage(), damaged);
        }
    }

    private static StoredRevision of(Map<?, ?> json) throws IOException {
        if (number(json, "format") != FORMAT) {
            throw new IOException("format " + json.get("format") + " (expected: " + FORMAT + ")");
        }
        Optional<Trial> trial = Optional.ofNullable((Map<?, ?>) json.get("trial"))
                .map(some -> new Trial(number(some, "deadline"), number(some, "within"), number(some, "back")));
        SortedMap<String, Optional<Long>> before = new TreeMap<>();
        ((Map<?, ?>) json.get("before"))
                .forEach((file, sum) -> before.put((String) file, Optional.ofNullable((Long) sum)));
        SortedSet<String> unread = new TreeSet<>();
        ((List<?>) json.get("unread")).forEach(file -> unread.add((String) file));
        SortedMap<String, byte[]> files = new TreeMap<>();
        ((Map<?, ?>) json.get("files"))
                .forEach((file, text) -> files.put((String) file, ((String) text).getBytes(StandardCharsets.UTF_8)));
        ((Map<?, ?>) json.get("binary"))
                .forEach((file, text) ->
                        files.put((String) file, Base64.getDecoder().decode((String) text)));
        return new StoredRevision(
                number(json, "number"),
                number(json, "time"),
                (String) json.get("by"),
                (String) json.get("what"),
                trial,
                number(json, "undoes"),
                before,
                files,
                unread,
                (Boolean) json.get("byHand"));
    }

    private static long number(Map<?, ?> json, String key) {
        return (Long) json.get(key);
    }
}
