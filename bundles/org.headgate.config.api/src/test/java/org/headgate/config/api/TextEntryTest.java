package org.headgate.config.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextEntryTest {
    @Test
    void findsKeysWithTheirLinesAndPassesOverTheRest() {
        String text = "\uFEFF# id = no\r\nid = gw 1  # mine\r\nno entry\n\nsql = SELECT a, \\\n  b # all\nopen = #1 \\";
        List<TextEntry> entries = TextEntry.of(text);
        assertThat(entries).extracting(TextEntry::key).containsExactly("id", "sql", "open");
        assertThat(entries).extracting(TextEntry::value).containsExactly("gw 1", "SELECT a, b", "#1");
        assertThat(text.substring(entries.get(0).from(), entries.get(0).to())).isEqualTo("id = gw 1  # mine\r\n");
        assertThat(text.substring(entries.get(1).from(), entries.get(1).to()))
                .isEqualTo("sql = SELECT a, \\\n  b # all\n");
        assertThat(entries.get(2).to()).isEqualTo(text.length());
    }

    @Test
    void anythingIsAText() {
        assertThat(TextEntry.of("")).isEmpty();
        assertThat(TextEntry.of("\\\n=\n= \\\n\\\n")).extracting(TextEntry::key).containsExactly("", "");
        assertThat(TextEntry.of("\u0000\uFFFD = \\")).hasSize(1);
    }
}
