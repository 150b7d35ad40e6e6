package org.headgate.config;

import static org.assertj.core.api.Assertions.assertThat;

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
}
