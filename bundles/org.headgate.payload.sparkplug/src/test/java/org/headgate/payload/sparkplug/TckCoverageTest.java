package org.headgate.payload.sparkplug;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Each assertion of Sparkplug 3.0.0 that binds an edge node is proven by a test that names it, or is among the exceptions with a reason. The
 * complete list is in {@code edge-assertions.txt}.
 */
class TckCoverageTest {
    private static final List<Class<?>> TESTS = List.of(
            EdgeNodeTest.class,
            DeviceDataTest.class,
            DeviceLifeTest.class,
            PrimaryHostTest.class,
            HostCommandsTest.class,
            EdgeOptionsTest.class);

    private static List<String> lines(String name) throws IOException {
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(TckCoverageTest.class.getResourceAsStream(name), StandardCharsets.UTF_8))) {
            return reader.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        }
    }

    private static Set<String> proven() {
        List<AnnotatedElement> elements = new ArrayList<>(TESTS);
        for (Class<?> test : TESTS) {
            elements.addAll(List.<Method>of(test.getDeclaredMethods()));
        }
        Set<String> ids = new TreeSet<>();
        elements.forEach(element -> {
            Tck tck = element.getAnnotation(Tck.class);
            if (tck != null) {
                ids.addAll(Arrays.asList(tck.value()));
            }
        });
        return ids;
    }

    private static TreeMap<String, String> exceptions() throws IOException {
        TreeMap<String, String> exceptions = new TreeMap<>();
        for (String line : lines("edge-exceptions.txt")) {
            String[] parts = line.split(" = ", 2);
            assertThat(parts).as(line).hasSize(2);
            assertThat(exceptions.put(parts[0], parts[1])).as(line).isNull();
        }
        return exceptions;
    }

    @Test
    void everyAssertionIsProvenOrAnExceptionWithAReason() throws IOException {
        List<String> all = lines("edge-assertions.txt");
        assertThat(all).doesNotHaveDuplicates().hasSize(202);
        Set<String> covered = new TreeSet<>(proven());
        covered.addAll(exceptions().keySet());
        assertThat(covered).containsExactlyElementsOf(new TreeSet<>(all));
        assertThat(exceptions().values()).allMatch(reason -> reason.length() > 20);
    }

    @Test
    void noAssertionIsBothProvenAndAnException() throws IOException {
        assertThat(proven()).doesNotContainAnyElementsOf(exceptions().keySet());
    }
}
