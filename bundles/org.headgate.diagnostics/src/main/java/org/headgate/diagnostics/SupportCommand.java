package org.headgate.diagnostics;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.headgate.commands.kit.Cells;
import org.headgate.config.api.Configurations;
import org.headgate.config.api.Gateway;
import org.headgate.config.api.HomeFiles;
import org.headgate.console.api.Answer;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Json;
import org.headgate.console.api.Signature;
import org.headgate.console.api.UsageException;
import org.headgate.host.Machine;
import org.headgate.system.api.Clock;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code gateway:support}: what somebody who is to help needs to know, in one file. */
@Component(service = ConsoleCommand.class)
public final class SupportCommand implements ConsoleCommand {
    private static final int LOG = 1 << 20;
    private static final int AUDIT = 256 << 10;
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Answers answers;
    private final Configurations configurations;
    private final Gateway gateway;
    private final Clock clock;
    private final BundleContext context;
    private final Machine home;

    @Activate
    public SupportCommand(
            BundleContext context,
            @Reference Answers answers,
            @Reference Configurations configurations,
            @Reference Gateway gateway,
            @Reference Clock clock) {
        this.context = context;
        this.answers = answers;
        this.configurations = configurations;
        this.gateway = gateway;
        this.clock = clock;
        this.home = new Machine(gateway.home(), gateway.home());
    }

    @Override
    public Signature signature() {
        return Signature.of("gateway:support", "Writes a file for whoever is to help: state, set-up, logs, no secrets.")
                .words("[FILE]")
                .json()
                .more("A zip of at most 8 MiB in HOME/files: the doctor's findings, lists of everything, counters, the"
                        + " revisions, the files of the set-up, the end of the logs, the diagnostics of the last day. Secrets"
                        + " are taken out, and whatever looks like one; please look through it before you pass it on.")
                .example("gateway:support", "Writes support-GATEWAY-TIME.zip.")
                .example("gateway:support trouble.zip", "Writes trouble.zip, which must not exist yet.");
    }

    @Override
    public int run(Invocation invocation) throws UsageException, InterruptedException {
        invocation.atMost(1);
        Instant now = Instant.ofEpochSecond(0, clock.epochNanos());
        String file = invocation.words().isEmpty()
                ? "support-" + gateway.id() + "-" + STAMP.format(now) + ".zip"
                : invocation.word(0, "FILE");
        Answer<Map<String, String>> said = invocation.await(
                answers.ask(invocation.user()), Answers.PATIENCE.plusSeconds(5), "asking the gateway's parts");
        Bundle bundle = new Bundle(new Scrubber(HomeSecrets.of(home)), now.toEpochMilli());
        bundle.add("machine.json", facts());
        said.failure().ifPresent(why -> bundle.note("answers: " + why));
        for (String asked : Answers.ASKED.keySet()) {
            Optional.ofNullable(said.value().orElse(Map.of()).get(asked))
                    .ifPresentOrElse(
                            text -> bundle.add(asked + ".json", text),
                            () -> bundle.note(asked + ": no such command here"));
        }
        for (String each : configurations.files()) {
            configurations.text(each).ifPresent(text -> bundle.addSettings("etc/" + each, text));
        }
        configurations.warnings().forEach(bundle::note);
        home.tail("var/log/headgate.log", LOG).ifPresent(text -> bundle.add("log/headgate.log", text));
        home.tail("var/log/audit.log", AUDIT).ifPresent(text -> bundle.add("log/audit.log", text));
        return write(invocation, file, bundle.close());
    }

    private int write(Invocation invocation, String file, byte[] content) {
        try {
            new HomeFiles(gateway.home()).create(file, content);
        } catch (IOException failure) {
            return invocation.fail(failure.getMessage());
        }
        if (invocation.json()) {
            invocation.out().println(new Json().put("file", file).put("bytes", content.length));
        } else {
            invocation.out().println("files/" + file + " (" + Cells.bytes(content.length) + ")");
            invocation.out().println("It holds no secrets that we know; look through it before you pass it on.");
        }
        return 0;
    }

    /** What it runs on. The environment is left out: it is the likeliest place of a password. */
    private String facts() {
        Json java = new Json();
        for (String property :
                List.of("java.version", "java.vendor", "java.vm.name", "os.name", "os.version", "os.arch")) {
            java.put(property, System.getProperty(property));
        }
        Machine machine = Machine.of(gateway.home());
        List<String> bundles = Arrays.stream(context.getBundles())
                .map(each -> each.getSymbolicName() + " " + each.getVersion() + " state " + each.getState())
                .toList();
        return new Json()
                .put("gateway", gateway.id())
                .put("version", gateway.version())
                .put("time", Instant.ofEpochSecond(0, clock.epochNanos()))
                .put("clock", clock.state())
                .put("processors", Runtime.getRuntime().availableProcessors())
                .put("maxHeap", Runtime.getRuntime().maxMemory())
                .put("java", java)
                .put("model", machine.text("proc/device-tree/model"))
                .put("kernel", machine.text("proc/version"))
                .put("system", machine.text("etc/os-release"))
                .put("uptime", machine.text("proc/uptime"))
                .put("memory", machine.text("proc/meminfo"))
                .put("bundles", bundles)
                .toString();
    }
}
