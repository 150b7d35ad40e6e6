package org.headgate.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.karaf.shell.api.console.CommandLine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordsTest {
    private final RawParser parser = new RawParser();

    @Test
    void splitsAtBlanksAndGroupsByQuotesOfEitherKind() {
        assertThat(Words.split("a  'b c' \"d 'e'\" f=\"g h\"")).containsExactly("a", "b c", "d 'e'", "f=g h");
        assertThat(Words.split("''  \"\"")).containsExactly("", "");
        assertThat(Words.split("  ")).isEmpty();
    }

    @Test
    void aQuoteThatIsNeverClosedIsACharacter() {
        assertThat(Words.split("it's 5\" wide")).containsExactly("it's", "5\"", "wide");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a?b",
                "x&y",
                "ns=2;s=A",
                "value>90",
                "%",
                "[degF]",
                "$x",
                "${x}",
                "$(y)",
                "-5",
                "a|b",
                "#1",
                "~",
                "{1}",
                "\\"
            })
    void everyOtherCharacterIsOrdinary(String word) {
        assertThat(Words.end("c " + word + " d")).isEqualTo(4 + word.length());
        assertThat(Words.split(word)).containsExactly(word);
    }

    @Test
    void aPipeBetweenBlanksEndsTheCommandUnlessItIsQuoted() {
        assertThat(Words.end("a b | grep c")).isEqualTo(4);
        assertThat(Words.end("a 'b | c'")).isEqualTo(9);
        assertThat(Words.end("a ||")).isEqualTo(4);
    }

    @Test
    void aQuotedWordIsOneLiteralOfTheShell() {
        assertThat(Words.quote("it's")).isEqualTo("'it'\\''s'");
        assertThat(parser.preprocess(null, parser.parse(null, "d:w x 'a b' c;d", 0)))
                .isEqualTo("d:w 'x' 'a b' 'c;d'");
    }

    /** The quotes of SQL are SQL's. */
    @Test
    void theRestOfALineIsOneWordAsItWasTyped() {
        String sql = "SELECT a FROM `b-c` WHERE  d = 'it''s' AND e LIKE \"x y\"";
        List<String> flags = List.of("--disabled", "--json");
        assertThat(Words.split(" 'n'  " + sql + " ", 1, flags)).containsExactly("n", sql);
        assertThat(Words.split("--json n --disabled " + sql, 1, flags))
                .containsExactly("--json", "n", "--disabled", sql);
        assertThat(Words.split("n " + sql + "  --json --disabled", 1, flags))
                .containsExactly("n", sql, "--json", "--disabled");
        assertThat(Words.split("n", 1, flags)).containsExactly("n");
        RawParser verbatim = new RawParser(1, flags);
        assertThat(verbatim.preprocess(null, verbatim.parse(null, "r:add n SELECT 'a' --json", 0)))
                .isEqualTo("r:add 'n' " + Words.quote("SELECT 'a'") + " '--json'");
    }

    @Test
    void theCursorIsFoundInTheWordThatIsTyped() {
        CommandLine line = parser.parse(null, "d:read boi", 10);
        assertThat(line.getCursorArgumentIndex()).isEqualTo(1);
        assertThat(line.getCursorArgument()).isEqualTo("boi");
        assertThat(line.getArgumentPosition()).isEqualTo(3);
    }

    @Test
    void behindABlankAWordBegins() {
        CommandLine line = parser.parse(null, "d:read ", 7);
        assertThat(line.getCursorArgumentIndex()).isEqualTo(1);
        assertThat(line.getCursorArgument()).isEmpty();
    }
}
