package org.headgate.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class AccessLinesTest {
    private static final Map<String, String> LINES = Map.of(
            "list", "viewer, operator,admin",
            "diagnostics[/(?s).*--csv.*/]", "operator, admin",
            "diagnostics", "viewer, operator, admin",
            "write", "operator, admin");

    @Test
    void aCommandWithoutALineIsTheAdmins() {
        assertThat(AccessLines.roles(LINES, "list")).containsExactly("viewer", "operator", "admin");
        assertThat(AccessLines.roles(LINES, "lis")).containsExactly("admin");
        assertThat(AccessLines.roles(Map.of(), "list")).containsExactly("admin");
        assertThat(AccessLines.roles(Map.of("*", "nobody"), "list")).containsExactly("nobody");
    }

    @Test
    void aRoleThatMayRunItWithSomeWordsOnlyMayNotAlways() {
        assertThat(AccessLines.always(LINES, "list", "viewer")).isTrue();
        assertThat(AccessLines.always(LINES, "write", "viewer")).isFalse();
        assertThat(AccessLines.roles(LINES, "diagnostics")).contains("viewer");
        assertThat(AccessLines.always(LINES, "diagnostics", "viewer")).isFalse();
        assertThat(AccessLines.always(LINES, "diagnostics", "admin")).isTrue();
    }
}
