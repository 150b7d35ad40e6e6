package org.headgate.messages;

import java.util.List;
import java.util.Map;
import org.headgate.device.api.InvalidSettingException;

/** Which format the sources of one message mean together. */
final class Formats {
    private static final String TOGETHER = "sources of one kind in one message: JSON pointers, csv/N or senml/NAME";

    private Formats() {}

    static Format of(List<Field> fields, Map<String, String> keys) throws InvalidSettingException {
        Times times = Times.parse(keys.getOrDefault("time", ""), keys.getOrDefault("time.unit", "auto"));
        Pointer rows = rows(keys.getOrDefault("rows", ""));
        char separator = separator(keys.getOrDefault("separator", ","));
        Field first = null;
        boolean text = false;
        boolean indexed = false;
        for (Field field : fields) {
            if (field.place() instanceof Place.Whole) {
                text = true;
                continue;
            }
            indexed |= field.place() instanceof Place.Member member
                    && member.pointer().beginsWithIndex();
            if (first != null && first.place().getClass() != field.place().getClass()) {
                throw new InvalidSettingException(
                        "channel." + field.channel().name(), field.channel().source(), TOGETHER);
            }
            first = field;
        }
        Place kind = first == null ? new Place.Whole() : first.place();
        if (kind instanceof Place.Named && text) {
            throw new InvalidSettingException(
                    "channel." + first.channel().name(), first.channel().source(), TOGETHER);
        }
        if (!fields.isEmpty()) {
            goTogether(kind, times, keys.getOrDefault("rows", ""));
        }
        if (kind instanceof Place.Member) {
            return new JsonFormat(rows, indexed, times);
        }
        if (kind instanceof Place.Column) {
            return new CsvFormat(separator, times);
        }
        return kind instanceof Place.Named ? new SenmlFormat() : new TextFormat();
    }

    private static void goTogether(Place kind, Times times, String rows) throws InvalidSettingException {
        if (times.place() != null && times.place().getClass() != kind.getClass()) {
            String found = times.place() instanceof Place.Column column ? "csv/" + column.index() : "a JSON pointer";
            String expected = kind instanceof Place.Member
                    ? "a JSON pointer, as the channels have"
                    : kind instanceof Place.Column ? "csv/N, as the channels have" : "nothing: the channels have none";
            throw new InvalidSettingException("time", found, expected);
        }
        if (!rows.isEmpty() && !(kind instanceof Place.Member)) {
            throw new InvalidSettingException("rows", rows, "nothing: only JSON has arrays of rows");
        }
    }

    private static Pointer rows(String text) throws InvalidSettingException {
        if (text.isEmpty()) {
            return null;
        }
        return Pointer.parse(text)
                .orElseThrow(() -> new InvalidSettingException("rows", text, "a JSON pointer such as /data"));
    }

    private static char separator(String text) throws InvalidSettingException {
        String meant = switch (text) {
            case "tab", "\\t" -> "\t";
            case "blank", "\\s" -> " ";
            default -> text;
        };
        if (meant.length() != 1 || meant.charAt(0) == '"' || meant.charAt(0) == '\n' || meant.charAt(0) == '\r') {
            throw new InvalidSettingException("separator", text, "one character, tab or blank");
        }
        return meant.charAt(0);
    }
}
