package org.headgate.console.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.headgate.console.api.UsageException;
import org.headgate.console.api.kit.Console;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UserCommandsTest {

    @TempDir
    private Path home;

    private final Console console = new Console();
    private final List<String> events = new ArrayList<>();
    private UserFile users;
    private UserAddCommand add;
    private UserRemoveCommand remove;

    @BeforeEach
    void firstStart() throws IOException {
        new SshKeys(home.resolve("secrets"));
        users = new UserFile(home.resolve("secrets"));
        add = new UserAddCommand(users, home, this::changed);
        remove = new UserRemoveCommand(users, this::changed);
        file("rsa.pub", "ssh-rsa " + SshKey.generate().blob() + " anna@laptop\n");
    }

    private void changed(String user, String state, String detail) {
        events.add(user + " " + state + ": " + detail);
    }

    private void file(String name, String text) throws IOException {
        Files.createDirectories(home.resolve("files"));
        Files.writeString(home.resolve("files").resolve(name), text);
    }

    private String keys() throws IOException {
        return Files.readString(home.resolve("secrets/keys.properties"));
    }

    @Test
    void whoeverIsAddedIsListedAndWhoeverIsRemovedIsGoneAndNothingElseHasChanged() throws Exception {
        String before = keys();
        assertThat(console.run(add, "anna", "viewer", "rsa.pub"))
                .startsWith("anna may log in as viewer with the key SHA256:");
        assertThat(keys()).contains("\nanna = AAAAB3NzaC1yc2E").contains(",_g_:viewers\n_g_");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(home.resolve("secrets/keys.properties"))))
                .isEqualTo("rw-------");
        assertThat(console.run(new UserListCommand(users)).lines().skip(1))
                .hasSize(2)
                .anySatisfy(line -> assertThat(line).matches("anna +viewer +ssh-rsa +SHA256:\\S{43}"));
        assertThat(console.json(new UserListCommand(users), "--json")
                        .at("/0/name")
                        .asText())
                .isEqualTo("admin");
        assertThat(console.run(remove, "anna")).isEqualTo("anna may log in no more\n");
        assertThat(keys()).isEqualTo(before);
        assertThat(events).containsExactly("anna added: viewer, by admin", "anna removed: viewer, by admin");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIB5oSZYqlMjwBFPvmQYcAo1lRIIBNMy4Dv+BPdpIdlVp a; ssh-keygen -t ecdsa
                    -----BEGIN OPENSSH PRIVATE KEY-----; a private key
                    ssh-rsa; no key in it
                    ssh-rsa AAAA; damaged
                    ssh-rsa $$$; damaged
                    ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAAwEAAQ==; RSA key of 17 bits
                    ecdsa-sha2-nistp256 AAAAB3NzaC1yc2EAAAADAQABAAAAAwEAAQ==; damaged
                    """)
    void aKeyThatDoesNotServeIsRefusedWithWhatToDo(String text, String reason) throws Exception {
        file("bad.pub", text);
        String before = keys();
        assertThat(console.run(add, "anna", "viewer", "bad.pub"))
                .startsWith("error: bad.pub: ")
                .contains(reason);
        assertThat(console.status()).isEqualTo(1);
        assertThat(keys()).isEqualTo(before);
    }

    @Test
    void theAdminOfTheConsoleAndTheLastAdminStay() throws Exception {
        assertThat(console.run(remove, "admin")).contains("bin/headgate console logs in");
        console.run(add, "boss", "admin", "rsa.pub");
        Path file = home.resolve("secrets/keys.properties");
        Files.writeString(file, keys().replaceAll("(?m)^admin = .*\n", ""));
        assertThat(console.run(remove, "boss")).contains("the last admin stays");
        assertThat(users.users()).extracting(UserFile.User::name).containsExactly("boss");
    }

    @Test
    void aNameCountsOnceAndMustBeThereToBeRemoved() throws Exception {
        assertThat(console.run(add, "admin", "viewer", "rsa.pub")).contains("there is such a user already");
        assertThat(console.run(remove, "nobody")).contains("no user nobody; user:list shows them");
        assertThat(console.run(add, "anna", "viewer", "../x")).contains("outside of");
    }

    @Test
    void whoeverWasWrittenByHandIsListedAndRemovedAsWell() throws Exception {
        Path file = home.resolve("secrets/keys.properties");
        String key = SshKey.generate().blob();
        String before = keys();
        Files.writeString(
                file,
                before
                        + "blank = " + key + ", _g_:viewers\n"
                        + "  many=" + key + " , _g_:viewers,_g_:operators , ssh\n"
                        + "plain: " + key + ",operator,viewer,ssh\n"
                        + "idle = " + key + "\n"
                        + "boss = " + key + ", _g_\\:admins\n");
        assertThat(users.users())
                .extracting(user -> user.name() + " " + user.role())
                .containsExactly(
                        "admin admin", "blank viewer", "boss admin", "idle none", "many operator", "plain operator");
        assertThat(console.run(add, "many", "viewer", "rsa.pub")).contains("there is such a user already");
        for (String name : List.of("blank", "many", "plain", "idle", "boss")) {
            assertThat(console.run(remove, name)).isEqualTo(name + " may log in no more\n");
        }
        assertThat(keys()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"editor", "gateway", "drivers"})
    void aNameThatTheListOfRevisionsUsesIsRefused(String name) throws Exception {
        String before = keys();
        assertThatThrownBy(() -> console.run(add, name, "viewer", "rsa.pub"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("NAME: " + name + " (expected: another name");
        assertThat(keys()).isEqualTo(before);
    }

    @Test
    void completionKnowsRolesAndUsers() {
        assertThat(add.complete(List.of("anna"))).containsExactly("viewer", "operator", "admin");
        assertThat(remove.complete(List.of())).containsExactly("admin");
    }
}
