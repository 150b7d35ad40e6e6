package org.headgate.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecTokensTest {
    @Test
    void aTokenIsGoodForItsRoleUntilTheEnd(@TempDir Path folder) throws Exception {
        ExecTokens tokens = new ExecTokens(folder.resolve("run"), 4711);
        String[] viewer =
                Files.readString(folder.resolve("run/exec-viewer")).strip().split(" ");
        assertThat(viewer[0]).isEqualTo("4711");
        assertThat(tokens.user(viewer[1]).orElseThrow().getPrincipals())
                .extracting(Object::toString)
                .noneMatch(name -> name.contains("admin"));
        assertThat(tokens.user("")).isEmpty();
        assertThat(tokens.user(viewer[1] + "x")).isEmpty();
        tokens.delete();
        assertThat(folder.resolve("run/exec-viewer")).doesNotExist();
    }
}
