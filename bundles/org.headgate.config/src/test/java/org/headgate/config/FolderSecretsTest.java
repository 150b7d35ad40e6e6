package org.headgate.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderSecretsTest {
    @TempDir
    Path folder;

    private void put(String name, String text, String mode) throws IOException {
        Files.writeString(folder.resolve(name), text);
        Files.setPosixFilePermissions(folder.resolve(name), PosixFilePermissions.fromString(mode));
    }

    @Test
    void givesTheFirstLineOfItsOwnersFile() throws IOException {
        put("mqtt-password", "pässword \r\nsecond\n", "rw-------");
        assertThat(new FolderSecrets(folder).resolve("@mqtt-password"))
                .hasValueSatisfying(secret -> assertThat(new String(secret)).isEqualTo("pässword "));
    }

    @Test
    void refusesClearTextOtherFoldersAndFilesThatOthersCanRead() throws IOException {
        put("open", "x\n", "rw-r--r--");
        put("ok", "x\n", "rw-------");
        FolderSecrets secrets = new FolderSecrets(folder);
        for (String value :
                new String[] {"x", "ok", "@", "@none", "@open", "@../" + folder.getFileName() + "/ok", "@."}) {
            assertThat(secrets.resolve(value)).as(value).isEmpty();
        }
    }

    @Test
    void keepsSecretsForItsOwnerOnlyAndReplacesThem() throws IOException {
        FolderSecrets secrets = new FolderSecrets(folder);
        secrets.set("b", "one".toCharArray());
        secrets.set("a", "pä$$ # word ".toCharArray());
        secrets.set("b", "two".toCharArray());
        assertThat(secrets.names()).containsExactly("a", "b");
        assertThat(secrets.resolve("@a"))
                .hasValueSatisfying(text -> assertThat(text).containsExactly("pä$$ # word ".toCharArray()));
        assertThat(secrets.resolve("@b"))
                .hasValueSatisfying(text -> assertThat(text).containsExactly("two".toCharArray()));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("a"))))
                .isEqualTo("rw-------");
        secrets.remove("b");
        assertThat(secrets.names()).containsExactly("a");
        assertThat(folder.toFile().list()).containsExactly("a");
        assertThatThrownBy(() -> secrets.remove("b")).hasMessage("no secret b; secret:list shows them");
    }

    @Test
    void aKeyKeepsAllItsLinesAndIsForItsOwnerOnlyToo() throws IOException {
        FolderSecrets secrets = new FolderSecrets(folder);
        byte[] key = {'-', '\n', 0, (byte) 0xFF};
        secrets.keep("gw1.key", key);
        assertThat(secrets.content("@gw1.key"))
                .hasValueSatisfying(found -> assertThat(found).isEqualTo(key));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("gw1.key"))))
                .isEqualTo("rw-------");
        assertThat(secrets.content("@console.key")).isEmpty();
        assertThat(secrets.content("gw1.key")).isEmpty();
        assertThatThrownBy(() -> secrets.keep("console.key", key)).hasMessageContaining("expected");
        assertThatThrownBy(() -> secrets.keep("a", new byte[0])).hasMessageContaining("empty");
    }

    /** A setting {@code password = @console.key} would send the key of the console to a broker. */
    @Test
    void whatTheConsoleKeepsInTheSameFolderIsNoSecretOfASetting() throws IOException {
        put("console.key", "-----BEGIN\n", "rw-------");
        FolderSecrets secrets = new FolderSecrets(folder);
        assertThat(secrets.resolve("@console.key")).isEmpty();
        assertThat(secrets.names()).isEmpty();
        for (String name : new String[] {"console.key", "keys.properties", "../x", "", ".hidden", "a/b"}) {
            assertThatThrownBy(() -> secrets.set(name, new char[] {'x'}))
                    .as(name)
                    .hasMessageContaining("expected");
            assertThatThrownBy(() -> secrets.remove(name)).as(name).hasMessageContaining("expected");
        }
        assertThat(folder.resolve("console.key")).content().startsWith("-----BEGIN");
    }

    @Test
    void aSecretIsOneLine() {
        FolderSecrets secrets = new FolderSecrets(folder);
        for (String text : new String[] {"", "a\nb", "\u0000"}) {
            assertThatThrownBy(() -> secrets.set("a", text.toCharArray())).hasMessageContaining("one line of text");
        }
        assertThat(folder.toFile().list()).isEmpty();
    }
}
