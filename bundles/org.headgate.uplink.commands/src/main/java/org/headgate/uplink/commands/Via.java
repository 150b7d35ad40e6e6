package org.headgate.uplink.commands;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.headgate.mqtt.client.MqttSettings;
import org.headgate.mqtt.client.ProxySettings;
import org.headgate.tls.CertificateClock;
import org.headgate.tls.TlsSettings;

/**
 * {@code headgate exec --via}: has a command run on a gateway that is reached through a broker alone. A program of its own, on an
 * engineer's machine, without a gateway.
 */
public final class Via {
    private static final int FAILED = 1;
    private static final int USAGE = 64;
    private static final int UNREACHABLE = 69;
    private static final int REFUSED = 77;
    private static final int SILENCE = 124;

    private Via() {}

    /**
     * Runs and ends with the command's exit status; with 64 when an option is wrong, 69 when the broker cannot be reached, 77 when the
     * gateway refuses, 124 when it does not answer.
     *
     * @param arguments see {@link ViaOptions}
     */
    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(List.of(arguments), out, err));
    }

    static int run(List<String> arguments, PrintStream out, PrintStream err) {
        try {
            ViaOptions options = ViaOptions.parse(arguments);
            ViaCall call = new ViaCall(options, "exec-" + UUID.randomUUID());
            ViaCall.Answer answer =
                    call.make(settings(options), InstantSource.system().millis());
            out.print(answer.output());
            out.flush();
            if (!answer.error().isEmpty()) {
                err.println("error: " + answer.error());
            }
            if (!answer.note().isEmpty()) {
                err.println("note: " + answer.note());
            }
            return answer.status().equals("refused") ? REFUSED : answer.exit();
        } catch (IllegalArgumentException wrong) {
            return said(err, wrong, USAGE);
        } catch (ViaCall.SilenceException silence) {
            return said(err, silence, SILENCE);
        } catch (IOException unreachable) {
            return said(err, unreachable, UNREACHABLE);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return FAILED;
        }
    }

    private static int said(PrintStream err, Exception why, int status) {
        err.println("headgate: exec: " + ViaOptions.readable(why.getMessage()));
        return status;
    }

    private static MqttSettings settings(ViaOptions options) throws IOException {
        Function<String, Optional<byte[]>> files = Via::file;
        String password = options.text("password-file").isEmpty()
                ? ""
                : Files.readString(existing("--password-file", options.text("password-file")));
        for (String name : List.of("ca", "cert", "key", "key-password-file")) {
            if (!options.text(name).isEmpty()) {
                existing("--" + name, options.text(name));
            }
        }
        return new MqttSettings(
                options.text("via"),
                options.version(),
                "headgate-exec-" + UUID.randomUUID().toString().substring(0, 8),
                options.text("user"),
                password.strip().toCharArray(),
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                10,
                Optional.empty(),
                TlsSettings.of(options.settings(), files),
                ProxySettings.of(options.settings(), files),
                CertificateClock.MACHINE);
    }

    private static Path existing(String option, String name) {
        Path path = Path.of(name);
        if (!Files.isReadable(path)) {
            throw new IllegalArgumentException(option + ": " + name + " (expected: a file that can be read)");
        }
        return path;
    }

    /** Whoever sits here names any file; a password's name has {@code @} in front, as in an uplink's file. */
    private static Optional<byte[]> file(String name) {
        try {
            return Optional.of(Files.readAllBytes(Path.of(name.startsWith("@") ? name.substring(1) : name)));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }
}
