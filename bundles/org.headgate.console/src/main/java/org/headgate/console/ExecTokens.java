package org.headgate.console;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.Subject;

/**
 * Who may call {@code exec}: whoever can read a token file in {@code HOME/var/run}. There is one file a role, new at each
 * start, {@code exec-ROLE} with one line {@code PORT TOKEN}.
 */
final class ExecTokens {
    private static final int BYTES = 32;
    private static final Map<String, List<String>> ROLES = Map.of(
            "viewer", List.of("viewer"),
            "operator", List.of("viewer", "operator"),
            "admin", List.of("viewer", "operator", "admin", "manager", "systembundles"));

    private final Path folder;
    private final Map<byte[], Subject> tokens = new LinkedHashMap<>();

    ExecTokens(Path folder, int port) throws IOException {
        this.folder = PrivateFiles.folder(folder);
        SecureRandom random = new SecureRandom();
        for (String role : ROLES.keySet()) {
            byte[] bytes = new byte[BYTES];
            random.nextBytes(bytes);
            String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
            PrivateFiles.write(file(role), port + " " + token + "\n");
            tokens.put(token.getBytes(StandardCharsets.US_ASCII), Users.subject(role, ROLES.get(role)));
        }
    }

    /** Whose token this is. Takes the same time whatever the token, so that it cannot be guessed byte by byte. */
    Optional<Subject> user(String token) {
        byte[] given = token.getBytes(StandardCharsets.UTF_8);
        Subject user = null;
        for (Map.Entry<byte[], Subject> known : tokens.entrySet()) {
            if (MessageDigest.isEqual(known.getKey(), given)) {
                user = known.getValue();
            }
        }
        return Optional.ofNullable(user);
    }

    void delete() throws IOException {
        for (String role : ROLES.keySet()) {
            Files.deleteIfExists(file(role));
        }
    }

    private Path file(String role) {
        return folder.resolve("exec-" + role);
    }
}
