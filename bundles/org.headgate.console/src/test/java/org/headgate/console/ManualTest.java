package org.headgate.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.headgate.console.api.Signature;
import org.headgate.console.api.kit.Console;
import org.junit.jupiter.api.Test;

class ManualTest {
    private final Signature add = Signature.of("device:add", "Adds a device.")
            .words("NAME DRIVER ADDRESS [profile=P] [key=value...]")
            .option(
                    "--after DURATION",
                    "waits for so long before the first poll, which keeps a bus with many devices from being asked"
                            + " all at once")
            .json()
            .more("An address such as opc.tcp://192.0.2.10:4840,ns=2;s=A needs no quotes.")
            .example("device:add oven simulator", "Adds a simulated one.");
    private final Signature list =
            Signature.of("device:list", "Lists the *devices*.").json();
    private final Signature echo = Signature.of("gateway:echo", "Shows words.");
    private final Manual manual =
            new Manual(command -> command.name().equals("add") ? List.of("admin") : List.of("viewer", "admin"));
    private final HelpCommand help = new HelpCommand(() -> List.of(add, list, echo), manual);
    private final Console console = new Console();

    @Test
    void oneCommandIsExplainedWithinTheTerminal() throws Exception {
        assertThat(console.run(help, "device:add")).isEqualTo("""
                        device:add NAME DRIVER ADDRESS [profile=P] [key=value...] [--after DURATION] [--json]
                            Adds a device.

                            An address such as opc.tcp://192.0.2.10:4840,ns=2;s=A needs no quotes.

                        Options, anywhere between the words
                            --after DURATION  waits for so long before the first poll, which keeps a bus with many devices
                                              from being asked all at once
                            --json            prints one JSON object or array

                        Examples
                            device:add oven simulator
                                Adds a simulated one.

                        Run by: admin
                        """);
    }

    @Test
    void aScopeIsListedAndATypoGetsAHint() throws Exception {
        assertThat(console.run(help, "device").lines().skip(1))
                .containsExactly("device:add   Adds a device.", "device:list  Lists the *devices*.");
        assertThat(console.run(help, "device:lst")).contains("no command device:lst; did you mean device:list?");
        assertThat(console.status()).isEqualTo(1);
    }

    @Test
    void aProgramReadsTheSame() throws Exception {
        assertThat(console.json(help, "--json")).hasSize(3);
        var json = console.json(help, "--json", "device:add");
        assertThat(json.at("/examples/0/call").asText()).isEqualTo("device:add oven simulator");
        assertThat(json.at("/options/0/value").asText()).isEqualTo("DURATION");
        assertThat(json.at("/roles/0").asText()).isEqualTo("admin");
    }

    @Test
    void theReferenceIsGroupedByScopeAndItsTextIsNoMarkup() throws Exception {
        assertThat(manual.markdown(List.of(add, list, echo)))
                .contains("\n## device\n\n### device:add\n\n    device:add NAME")
                .contains("Lists the \\*devices\\*. Run by: viewer, admin.")
                .contains("- `` device:add oven simulator ``  \n  Adds a simulated one.")
                .containsOnlyOnce("## gateway\n");
    }

    @Test
    void everyNameAndEveryScopeIsCompleted() {
        assertThat(help.complete(List.of()))
                .containsExactly("device", "device:add", "device:list", "gateway", "gateway:echo");
        assertThat(help.complete(List.of("device"))).isEmpty();
    }
}
