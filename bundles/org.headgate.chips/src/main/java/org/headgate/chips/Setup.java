package org.headgate.chips;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.headgate.device.api.InvalidSettingException;

/** The settings of a chip, with its own where the user says nothing. */
final class Setup {
    private final Map<String, String> settings;

    Setup(Map<String, String> defaults, Map<String, String> settings) throws InvalidSettingException {
        for (String key : new TreeSet<>(settings.keySet())) {
            if (!defaults.containsKey(key)) {
                throw new InvalidSettingException(
                        key,
                        settings.get(key),
                        defaults.isEmpty()
                                ? "no settings: the chip has none"
                                : "one of " + String.join(", ", defaults.keySet()));
            }
        }
        this.settings = new LinkedHashMap<>(defaults);
        this.settings.putAll(settings);
    }

    /** One of a few words, as what it stands for. */
    <T> T choice(String key, Map<String, T> choices) throws InvalidSettingException {
        T choice = choices.get(text(key));
        if (choice == null) {
            throw new InvalidSettingException(key, text(key), "one of " + String.join(", ", choices.keySet()));
        }
        return choice;
    }

    /** A number within a range, both ends included. */
    double number(String key, double least, double most, String unit) throws InvalidSettingException {
        try {
            double number = Double.parseDouble(text(key));
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException none) {
            // Said below, as for a number that is out of range.
        }
        throw new InvalidSettingException(
                key, text(key), "a number from " + plain(least) + " to " + plain(most) + " " + unit);
    }

    /** Lines as people list them, {@code a0-a3,b7}, as bits in the order of the names; none for an empty text. */
    int lines(String key, List<String> names) throws InvalidSettingException {
        int mask = 0;
        if (text(key).isEmpty()) {
            return mask;
        }
        for (String part : text(key).split(",", -1)) {
            String[] ends = part.strip().split("-", -1);
            int from = names.indexOf(ends[0].strip());
            int to = names.indexOf(ends[ends.length - 1].strip());
            if (ends.length > 2 || from < 0 || to < from) {
                String some = names.get(0) + "-" + names.get(3) + "," + names.get(names.size() - 1);
                throw new InvalidSettingException(key, text(key), "lines such as " + some + ", or nothing");
            }
            for (int line = from; line <= to; line++) {
                mask |= 1 << line;
            }
        }
        return mask;
    }

    /** A number for people: four digits that count. */
    static String plain(double number) {
        return new BigDecimal(number)
                .round(new MathContext(4))
                .stripTrailingZeros()
                .toPlainString();
    }

    String text(String key) {
        return settings.get(key).strip();
    }
}
