package org.headgate.diagnostics;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Signature;
import org.headgate.system.api.Calls;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * What the commands that only read answer with {@code --json}: what the bundle shows is what a user sees, and a command that comes later is
 * one more line here. They are taken for as long as they run. Thread-safe.
 */
@Component(service = Answers.class)
public final class Answers {
    /** By the file that the answer becomes. */
    static final Map<String, List<String>> ASKED = new TreeMap<>(Map.ofEntries(
            Map.entry("doctor", List.of("gateway:doctor")),
            Map.entry("status", List.of("gateway:status")),
            Map.entry("flow", List.of("gateway:flow")),
            Map.entry("revisions", List.of("gateway:revisions")),
            Map.entry("diagnostics", List.of("gateway:diagnostics", "--for", "24h")),
            Map.entry("outbox", List.of("outbox:status")),
            Map.entry("devices", List.of("device:list")),
            Map.entry("polls", List.of("device:polls")),
            Map.entry("drivers", List.of("driver:list")),
            Map.entry("rules", List.of("rule:list")),
            Map.entry("streams", List.of("stream:list")),
            Map.entry("uplinks", List.of("uplink:list")),
            Map.entry("users", List.of("user:list"))));

    /** The doctor takes up to ten seconds. */
    static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final int MOST = Bundle.MOST_ENTRY;

    private final Calls calls;
    private final List<ComponentServiceObjects<ConsoleCommand>> offered = new CopyOnWriteArrayList<>();

    @Activate
    public Answers(@Reference Calls calls) {
        this.calls = calls;
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bind(ComponentServiceObjects<ConsoleCommand> command) {
        offered.add(command);
    }

    void unbind(ComponentServiceObjects<ConsoleCommand> command) {
        offered.remove(command);
    }

    /** Asks all commands that there are, side by side; gives what they said or why they did not, by file. */
    CompletableFuture<Map<String, String>> ask(String user) {
        Map<String, String> answers = new TreeMap<>();
        List<CompletableFuture<?>> running = new ArrayList<>();
        for (ComponentServiceObjects<ConsoleCommand> objects : offered) {
            ConsoleCommand command = objects.getService();
            String id = command == null ? "" : command.signature().id();
            CompletableFuture<?> ended = CompletableFuture.completedFuture(null);
            for (Map.Entry<String, List<String>> asked : ASKED.entrySet()) {
                if (asked.getValue().get(0).equals(id)) {
                    ended = start(command, asked.getValue(), user).thenAccept(text -> {
                        synchronized (answers) {
                            answers.put(asked.getKey(), text);
                        }
                    });
                }
            }
            running.add(ended.whenComplete((done, failed) -> {
                if (command != null) {
                    objects.ungetService(command);
                }
            }));
        }
        return CompletableFuture.allOf(running.toArray(CompletableFuture[]::new))
                .thenApply(all -> answers);
    }

    private CompletableFuture<String> start(ConsoleCommand command, List<String> line, String user) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        calls.submit(
                "support",
                () -> run(command, line, user),
                PATIENCE,
                Runnable::run,
                outcome -> answer.complete(outcome.value()
                        .orElseGet(() -> "no answer: "
                                + outcome.failure().map(Exception::toString).orElse("nothing"))));
        return answer;
    }

    private static String run(ConsoleCommand command, List<String> line, String user) throws Exception {
        List<String> words = new ArrayList<>(line.subList(1, line.size()));
        if (command.signature().flags().contains(Signature.JSON)) {
            words.add(Signature.JSON);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(new Limited(bytes), false, StandardCharsets.UTF_8)) {
            command.run(new Invocation(command.signature(), words, out, out, user));
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** Swallows what is too much: a thousand devices must not fill the heap. */
    private static final class Limited extends OutputStream {
        private final ByteArrayOutputStream bytes;

        Limited(ByteArrayOutputStream bytes) {
            this.bytes = bytes;
        }

        @Override
        public void write(int one) {
            if (bytes.size() < MOST) {
                bytes.write(one);
            }
        }

        @Override
        public void write(byte[] some, int from, int length) {
            bytes.write(some, from, Math.max(0, Math.min(length, MOST - bytes.size())));
        }
    }
}
