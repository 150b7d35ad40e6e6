package org.headgate.uplink.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Who reads the page can do what it says. */
class ReadmeTest {
    @Test
    void eachOptionOfExecStandsOnThePageAndInTheUsage() throws Exception {
        String page = Files.readString(Path.of("README.md"));
        for (String name : ViaOptions.NAMES) {
            Pattern option = Pattern.compile("--" + name + "(?![\\w-])");
            assertThat(page).containsPattern(option);
            assertThat(ViaOptions.USAGE).containsPattern(option);
        }
        String paragraph = page.substring(page.indexOf("Options of `exec`"))
                .lines()
                .limit(3)
                .reduce("", String::concat);
        Matcher shown = Pattern.compile("(?<![\\w-])--([a-z][a-z-]*)").matcher(paragraph);
        while (shown.find()) {
            assertThat(ViaOptions.NAMES).contains(shown.group(1));
        }
    }

    /** A fixed time is over by the time when somebody tries it. */
    @Test
    void theRequestOnThePageIsARequestThatIsNotLate() throws Exception {
        String line = Files.readString(Path.of("README.md"))
                .lines()
                .filter(each -> each.contains("mosquitto_pub"))
                .findFirst()
                .orElseThrow();
        long now = 1_732_172_400;
        String json = line.substring(line.indexOf("-m \"") + 4, line.length() - 1)
                .replace("\\\"", "\"")
                .replace("$(date +%s)", Long.toString(now));
        Request request = Request.read(json.getBytes(StandardCharsets.UTF_8));
        assertThat(request.expiresNanos()).isEqualTo((now * 1000 + Request.GOOD_MILLIS) * 1_000_000);
    }
}
