package org.headgate.driver.mqtt;

import java.util.List;
import java.util.Optional;

/**
 * A topic filter (MQTT 3.1.1, 4.7).
 *
 * @param text as it is subscribed
 * @param levels its parts between slashes
 */
record TopicFilter(String text, List<String> levels) {
    static final String EXPECTED =
            "a topic such as sensors/{device}/state; + stands for one level, # at the end for all below";

    private static final int LONGEST = 1000;
    private static final String ONE = "+";
    private static final String REST = "#";

    /** The filter of a text; empty when it is none. */
    static Optional<TopicFilter> parse(String text) {
        List<String> levels = List.of(text.split("/", -1));
        for (int i = 0; i < levels.size(); i++) {
            String level = levels.get(i);
            boolean wild = level.contains(ONE) || level.contains(REST);
            if (wild && level.length() > 1 || level.equals(REST) && i < levels.size() - 1) {
                return Optional.empty();
            }
        }
        boolean sound =
                !text.isEmpty() && text.length() <= LONGEST && text.chars().noneMatch(Character::isISOControl);
        return sound ? Optional.of(new TopicFilter(text, levels)) : Optional.empty();
    }

    /** Whether it is the topic itself. */
    boolean isPlain() {
        return !levels.contains(ONE) && !levels.contains(REST);
    }

    /** Whether a topic is one of these; those that begin with a dollar are of no wildcard's (4.7.2). */
    boolean matches(String topic) {
        if (topic.startsWith("$") && !levels.get(0).startsWith("$")) {
            return false;
        }
        int from = 0;
        for (int i = 0; i < levels.size(); i++) {
            String level = levels.get(i);
            if (level.equals(REST)) {
                return true;
            }
            if (from > topic.length()) {
                return false;
            }
            int slash = topic.indexOf('/', from);
            int to = slash < 0 ? topic.length() : slash;
            if (!level.equals(ONE) && !(level.length() == to - from && topic.startsWith(level, from))) {
                return false;
            }
            from = to + 1;
        }
        return from > topic.length();
    }

    /** Whether every topic of another filter is one of these. */
    boolean covers(TopicFilter other) {
        for (int i = 0; i < levels.size(); i++) {
            String mine = levels.get(i);
            if (mine.equals(REST)) {
                return true;
            }
            if (i >= other.levels.size()) {
                return false;
            }
            String theirs = other.levels.get(i);
            if (theirs.equals(REST) || !mine.equals(ONE) && !mine.equals(theirs)) {
                return false;
            }
        }
        return levels.size() == other.levels.size();
    }

    /** Whether there are topics of both. */
    boolean overlaps(TopicFilter other) {
        int common = Math.min(levels.size(), other.levels.size());
        for (int i = 0; i < common; i++) {
            String mine = levels.get(i);
            String theirs = other.levels.get(i);
            if (mine.equals(REST) || theirs.equals(REST)) {
                return true;
            }
            if (!mine.equals(theirs) && !mine.equals(ONE) && !theirs.equals(ONE)) {
                return false;
            }
        }
        List<String> longer = levels.size() > common ? levels : other.levels;
        return longer.size() == common
                || longer.size() == common + 1 && longer.get(common).equals(REST);
    }
}
