package org.headgate.driver.scpi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The guide for authors of drivers shows this very driver. */
class GuideTest {
    @ParameterizedTest
    @ValueSource(strings = {"ScpiDriver", "ScpiConnection"})
    void theGuideShowsTheSourceAsItIs(String type) throws IOException {
        String source = Files.readString(Path.of("src/main/java/org/headgate/driver/scpi/" + type + ".java"));
        String body = source.substring(source.indexOf("/**"));
        assertThat(body).isNotBlank();
        assertThat(Files.readString(Path.of("../../docs/driver.md"))).contains("```java\n" + body + "```");
    }
}
