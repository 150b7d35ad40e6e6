package org.headgate.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.headgate.distribution.RunningGateway.Result;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What people type here reaches a command as it was typed, by all three ways; Karaf's own language would break most of it. */
class GrammarIT {
    @TempDir
    static Path home;

    private static RunningGateway gateway;
    private static Typist typist;

    @BeforeAll
    static void boot() throws Exception {
        gateway = new RunningGateway(home);
        gateway.start();
        gateway.awaitBundles();
        typist = Typist.at(gateway);
    }

    @AfterAll
    static void end() throws Exception {
        if (typist != null) {
            typist.close();
        }
        gateway.close();
    }

    /** What is typed behind the command, and the words that it gets. */
    static Stream<Arguments> lines() {
        return Stream.of(
                typed("opc.tcp://192.0.2.10:4840/path?x&y", "opc.tcp://192.0.2.10:4840/path?x&y"),
                typed("ns=2;s=A ns=3;i=5;", "ns=2;s=A", "ns=3;i=5;"),
                typed("tcp:192.0.2.10:502,unit=1", "tcp:192.0.2.10:502,unit=1"),
                typed("SELECT * FROM b WHERE value>90", "SELECT", "*", "FROM", "b", "WHERE", "value>90"),
                typed("a<b >c >>d 2>&1", "a<b", ">c", ">>d", "2>&1"),
                typed("% 5% %(1+1)", "%", "5%", "%(1+1)"),
                typed("[degF] [ ] $[x]", "[degF]", "[", "]", "$[x]"),
                typed("\"$5\" '$5' $5 $ ${x} $(y) $x", "$5", "$5", "$5", "$", "${x}", "$(y)", "$x"),
                typed("-40 -5.5 --5 -x", "-40", "-5.5", "--5", "-x"),
                typed("'SELECT \"a b\", c || d FROM \"x y\"'", "SELECT \"a b\", c || d FROM \"x y\""),
                typed("\"it's | here\" 'a | \"b\"'", "it's | here", "a | \"b\""),
                typed("`a-b`.c `x`", "`a-b`.c", "`x`"),
                typed("# #1 a#b", "#", "#1", "a#b"),
                typed("! !! !x a!", "!", "!!", "!x", "a!"),
                typed("* ? *.cfg ~ ~/x", "*", "?", "*.cfg", "~", "~/x"),
                typed("{a} { } (b) ()", "{a}", "{", "}", "(b)", "()"),
                typed("@mqtt-password password=@mqtt-password", "@mqtt-password", "password=@mqtt-password"),
                typed("°C 23.5°C µm grün 温度", "°C", "23.5°C", "µm", "grün", "温度"),
                typed("a\\b \\ \\n c:\\temp", "a\\b", "\\", "\\n", "c:\\temp"),
                typed("it's 5\" wide", "it's", "5\"", "wide"),
                typed("a||b && & ; a|b", "a||b", "&&", "&", ";", "a|b"),
                typed("'' \"\" ' '", "", "", " "),
                typed("name='Boiler 1' x=\"a 'b'\"", "name=Boiler 1", "x=a 'b'"),
                typed("a=1,b=[2,3] {\"k\":\"v\"}", "a=1,b=[2,3]", "{k:v}"),
                typed("-- --json -5", "--json", "-5"),
                typed("   a     b   ", "a", "b"));
    }

    private static Arguments typed(String line, String... words) {
        return Arguments.of(line, List.of(words));
    }

    private static String printed(List<String> words) {
        return words.stream().map(word -> "[" + word + "]\n").collect(Collectors.joining());
    }

    @ParameterizedTest
    @MethodSource("lines")
    void atATerminal(String line, List<String> words) throws Exception {
        assertThat(typist.line("gateway:echo " + line)).isEqualToIgnoringNewLines(printed(words));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void asACommandOverSsh(String line, List<String> words) throws Exception {
        Result result = gateway.launcher("console", "gateway:echo " + line);
        assertThat(result.out()).as(result.err()).isEqualTo(printed(words));
        assertThat(result.status()).isZero();
    }

    @ParameterizedTest
    @MethodSource("lines")
    void fromAProgram(String line, List<String> words) throws Exception {
        String[] call =
                Stream.concat(Stream.of("gateway:echo", "--"), words.stream()).toArray(String[]::new);
        Result result = gateway.exec(call);
        assertThat(result.out()).as(result.err()).isEqualTo(printed(words));
        assertThat(result.status()).isZero();
    }

    @Test
    void optionsMayStandAnywhere() throws Exception {
        String last = typist.line("gateway:help gateway:echo --json");
        assertThat(last).contains("\"name\":\"gateway:echo\"");
        assertThat(typist.line("gateway:help --json gateway:echo")).isEqualTo(last);
    }

    @Test
    void aPipeBetweenBlanksHandsTheOutputOn() throws Exception {
        assertThat(typist.line("gateway:echo aa bb 'c | d' | grep b")).isEqualToIgnoringNewLines("[bb]\n");
        assertThat(typist.line("gateway:echo a;b c&d | sort -r | head -n 1")).isEqualToIgnoringNewLines("[c&d]\n");
        assertThat(gateway.launcher("console", "gateway:echo x?y z | grep y").out())
                .isEqualTo("[x?y]\n");
    }

    @Test
    void anErrorArrivesByAllThreeWays() throws Exception {
        String error = "error: no command gateway:nope";
        assertThat(typist.line("gateway:help gateway:nope")).startsWith(error);
        for (Result result : List.of(
                gateway.launcher("console", "gateway:help gateway:nope"),
                gateway.exec("gateway:help", "gateway:nope"))) {
            assertThat(result.err()).startsWith(error);
            assertThat(result.out()).isEmpty();
            assertThat(result.status()).isEqualTo(1);
        }
    }

    @Test
    void aCommandThatIsNotThereIsExplainedByAllThreeWays() throws Exception {
        String error = "error: gateway:nope: no such command, or not allowed with this role";
        assertThat(typist.line("gateway:nope")).startsWith(error);
        for (Result result : List.of(gateway.launcher("console", "gateway:nope"), gateway.exec("gateway:nope"))) {
            assertThat(result.err()).startsWith(error);
            assertThat(result.out()).isEmpty();
            assertThat(result.status()).isEqualTo(127);
        }
    }

    @Test
    void theStatusOfACommandIsNoOutputForTheNextOne() throws Exception {
        Result result = gateway.launcher("console", "gateway:help gateway:nope | grep .");
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("error: no command gateway:nope");
    }

    @Test
    void execTakesItsOptionsInBothForms() throws Exception {
        Result result = gateway.launcher("exec", "--home=" + home, "--role=viewer", "gateway:version");
        assertThat(result.out()).as(result.err()).startsWith("Headgate ");
        Result history = gateway.exec("shell:history");
        assertThat(history.err())
                .isEqualTo("error: shell:history: works at a terminal only; bin/headgate console opens one\n");
    }

    @Test
    void tabOffersTheWordsOfThisCommandOnly() throws Exception {
        typist.type("user:add anna vi" + Typist.TAB);
        typist.await("viewer");
        assertThat(typist.line("")).contains("error:");
        typist.type("gateway:echo vi" + Typist.TAB);
        assertThat(typist.line("x")).isEqualToIgnoringNewLines("[vix]\n");
    }

    @Test
    void tabCompletesNamesWordsAndOptions() throws Exception {
        typist.type("gateway:ec" + Typist.TAB);
        typist.await("gateway:echo");
        assertThat(typist.line(" done")).isEqualToIgnoringNewLines("[done]\n");
        typist.type("gateway:help gateway:ver" + Typist.TAB);
        typist.await("gateway:version");
        assertThat(typist.line(" --js" + Typist.TAB)).contains("\"gateway:version\"");
    }

    @Test
    void theShellsOwnHelpKnowsOurCommands() throws Exception {
        String help = typist.line("gateway:echo --help");
        assertThat(help).startsWith("gateway:echo [WORD...]").contains("Examples", "Run by: viewer");
        assertThat(typist.line("help gateway:echo")).isEqualTo(help);
        assertThat(typist.line("gateway:help gateway:echo")).isEqualTo(help);
    }
}
