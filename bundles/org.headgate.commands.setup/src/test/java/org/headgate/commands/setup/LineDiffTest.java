package org.headgate.commands.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineDiffTest {
    @TempDir
    Path folder;

    @Test
    void printsHunksWithTwoLinesAround() {
        String before = "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\n";
        String after = "a\nb\nc\nD\ne\nf\ng\nh\ni\n";
        assertThat(SetUps.diff(before, after))
                .containsExactly(
                        "@@ -2,5 +2,5 @@", " b", " c", "-d", "+D", " e", " f", "@@ -8,3 +8,2 @@", " h", " i", "-j");
        assertThat(SetUps.diff(before, before)).isEmpty();
        assertThat(SetUps.diff("", "a\n")).containsExactly("@@ -0,0 +1 @@", "+a");
        assertThat(SetUps.diff("a\n", "")).containsExactly("@@ -1 +0,0 @@", "-a");
    }

    @Test
    void closeChangesAreOneHunk() {
        assertThat(SetUps.diff("1\n2\n3\n4\n5\n6\n", "x\n2\n3\n4\n5\ny\n"))
                .containsExactly("@@ -1,6 +1,6 @@", "-1", "+x", " 2", " 3", " 4", " 5", "-6", "+y");
    }

    /** The judge is the program that everybody uses for it: patch makes the one of the other. */
    @Test
    void whatItPrintsMakesTheOneTextOfTheOther() throws Exception {
        Random random = new Random(7);
        for (int round = 0; round < 60; round++) {
            List<String> before = lines(random);
            List<String> after = new ArrayList<>(before);
            for (int edit = 0; edit < random.nextInt(6); edit++) {
                int at = random.nextInt(after.size() + 1);
                if (random.nextBoolean() || after.isEmpty() || at == after.size()) {
                    after.add(at, "new " + random.nextInt(3));
                } else {
                    after.remove(at);
                }
            }
            Path file = Files.write(folder.resolve("file"), before);
            Path patch = folder.resolve("patch");
            List<String> diff = new ArrayList<>(List.of("--- file", "+++ file"));
            diff.addAll(LineDiff.of(before, after, before, after));
            Files.write(patch, diff);
            if (diff.size() > 2) {
                Process process = new ProcessBuilder("patch", "-s", "-F0", file.toString(), patch.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("out").toFile())
                        .start();
                assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
                assertThat(process.exitValue())
                        .as(() -> String.join("\n", diff))
                        .isZero();
            }
            assertThat(Files.exists(file) ? Files.readAllLines(file) : List.of())
                    .as("round %d", round)
                    .isEqualTo(after);
        }
    }

    @Test
    void largeTextsCostNoMoreThanTheyMay() {
        List<String> before = new ArrayList<>();
        List<String> after = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            before.add("a" + i);
            after.add(i % 2 == 0 ? "a" + i : "b" + i);
        }
        List<String> diff = LineDiff.of(before, after, before, after);
        assertThat(diff.stream().filter(line -> line.startsWith("-")).count()).isEqualTo(99_999);
        assertThat(diff.get(0)).isEqualTo("@@ -1,100000 +1,100000 @@");
    }

    @Test
    void secretsInAddressesAndCommentsAreMasked() {
        String after =
                "address = mqtts://gw:hunter1@broker:8883\n# was tcp:1,password=hunter2 once\n# token = hunter3\n"
                        + "# password = @mqtt\n# or mqtts://gw:hunter4@other\n";
        assertThat(String.join("\n", SetUps.diff("", after)))
                .contains("mqtts://gw:***@broker:8883", "tcp:1,password= ***", "# token = ***", "# password = @mqtt")
                .doesNotContain("hunter");
    }

    @Test
    void secretsInClearTextAreMaskedEvenInBrokenFiles() {
        String before = "user = gw\npassword = old1 \\\n  old2\napi.token = abc\nnew = 1\n";
        String after = "user = gw\npassword = new1 \\\n  new2\npassword = twice\nno entry password= x\nnew = 1\n";
        String shown = String.join("\n", SetUps.diff(before, after));
        assertThat(shown)
                .contains(
                        "-password = ***",
                        "+password = ***",
                        " user = gw",
                        "-api.token = ***",
                        "+no entry password = ***")
                .doesNotContain("old1", "old2", "new1", "new2", "abc", "twice", " x");
        assertThat(SetUps.diff("password = @a\n", "password = @b\n")).contains("-password = @a", "+password = @b");
    }

    private static List<String> lines(Random random) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 1 + random.nextInt(30); i++) {
            lines.add("line " + random.nextInt(8));
        }
        return lines;
    }
}
