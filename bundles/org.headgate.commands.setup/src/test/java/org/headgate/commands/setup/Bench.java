package org.headgate.commands.setup;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.headgate.config.api.Gateway;
import org.headgate.config.api.Secrets;
import org.headgate.config.api.kit.MemoryConfigurations;
import org.headgate.config.api.kit.MemoryRevisions;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Dialogue;
import org.headgate.console.api.kit.Console;
import org.headgate.device.api.DriverFiles;
import org.headgate.system.api.Calls;
import org.headgate.system.api.Outcome;

/** A gateway in memory, but for its files: everything that the commands of this bundle use. */
final class Bench implements Gateway, Secrets, DriverFiles, Calls {
    final MemoryConfigurations configurations = new MemoryConfigurations();
    final MemoryRevisions revisions = new MemoryRevisions(configurations);
    final Map<String, String> secrets = new TreeMap<>();
    final Map<String, byte[]> drivers = new TreeMap<>();
    final DriverAccess access = new DriverAccess();
    final Console console = new Console();
    final Path home;
    List<String> missing = List.of();
    int settled;
    int pruned;

    Bench(Path home) throws IOException {
        this.home = home;
        Files.createDirectories(home.resolve("files"));
        access.bind(this);
    }

    /** Writes a file below {@code HOME/files}. */
    Bench file(String name, String text) throws IOException {
        Path file = home.resolve("files").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return this;
    }

    String run(ConsoleCommand command, String... words) throws Exception {
        return console.run(command, words);
    }

    /** The same, and it must have failed. */
    String fails(ConsoleCommand command, String... words) throws Exception {
        String out = console.run(command, words);
        if (console.status() == 0) {
            throw new AssertionError("has not failed: " + out);
        }
        return out;
    }

    ConsoleCommand apply() {
        return new GatewayApplyCommand(configurations, revisions, this, access, this);
    }

    ConsoleCommand export() {
        return new GatewayExportCommand(this, configurations, revisions, access, this);
    }

    ConsoleCommand bring() {
        return new GatewayImportCommand(configurations, revisions, this, this, access, this);
    }

    /** Somebody sits there and types these lines. */
    static Dialogue person(String... lines) {
        List<String> left = new ArrayList<>(Arrays.asList(lines));
        return new Dialogue() {
            @Override
            public boolean isPresent() {
                return true;
            }

            @Override
            public Optional<String> ask(String question) {
                return Optional.of(left.remove(0));
            }

            @Override
            public Optional<char[]> askSecret(String question) {
                return Optional.of(left.remove(0).toCharArray());
            }

            @Override
            public Optional<String> edit(String name, String text) {
                return Optional.empty();
            }
        };
    }

    @Override
    public String id() {
        return "gw-1";
    }

    @Override
    public String version() {
        return "0.1.0";
    }

    @Override
    public Path home() {
        return home;
    }

    @Override
    public Optional<char[]> resolve(String value) {
        return Optional.empty();
    }

    @Override
    public List<String> names() {
        return List.copyOf(secrets.keySet());
    }

    @Override
    public void set(String name, char[] text) {
        secrets.put(name, new String(text));
    }

    @Override
    public void keep(String name, byte[] content) {
        secrets.put(name, new String(content, StandardCharsets.UTF_8));
    }

    @Override
    public Optional<byte[]> content(String value) {
        return Optional.empty();
    }

    @Override
    public void remove(String name) {
        secrets.remove(name);
    }

    @Override
    public List<String> list() {
        return List.copyOf(drivers.keySet());
    }

    @Override
    public void copy(String file, OutputStream to) throws IOException {
        to.write(drivers.get(file));
    }

    @Override
    public CompletionStage<Void> keep(Object owner, String file, InputStream content) {
        try {
            byte[] bytes = content.readAllBytes();
            if (new String(bytes, StandardCharsets.UTF_8).startsWith("bad")) {
                return CompletableFuture.failedFuture(new IllegalStateException(file + ": no driver"));
            }
            drivers.put(file, bytes);
            return CompletableFuture.completedFuture(null);
        } catch (IOException failed) {
            return CompletableFuture.failedFuture(failed);
        }
    }

    @Override
    public CompletionStage<Void> prune(Object owner) {
        pruned++;
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<List<String>> settle() {
        settled++;
        return CompletableFuture.completedFuture(missing);
    }

    @Override
    public <T> Call<T> submit(
            String owner, Callable<T> call, Duration timeout, Executor replyOn, Consumer<Outcome<T>> reply) {
        Outcome<T> outcome;
        try {
            outcome = Outcome.of(call.call());
        } catch (Exception failed) {
            outcome = Outcome.failed(failed);
        }
        reply.accept(outcome);
        return null;
    }

    @Override
    public int stuck() {
        return 0;
    }

    @Override
    public int stuck(String owner) {
        return 0;
    }
}
