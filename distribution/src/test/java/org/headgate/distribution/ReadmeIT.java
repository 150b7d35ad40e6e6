package org.headgate.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each bundle says what it is. Boots nothing. */
class ReadmeIT {
    private static final Path BUNDLES = Path.of("..", "bundles");
    private static final int MOST_LINES = 40;

    @Test
    void everyBundleHasAReadmeOfFortyLinesAtMost() throws Exception {
        try (Stream<Path> folders = Files.list(BUNDLES)) {
            List<Path> bundles = folders.filter(folder -> Files.exists(folder.resolve("pom.xml")))
                    .toList();
            assertThat(bundles).isNotEmpty();
            for (Path bundle : bundles) {
                Path readme = bundle.resolve("README.md");
                assertThat(readme).exists();
                assertThat(Files.readAllLines(readme))
                        .as(readme.toString())
                        .startsWith("# " + bundle.getFileName())
                        .hasSizeLessThanOrEqualTo(MOST_LINES);
            }
        }
    }
}
