package org.headgate.uplink.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.headgate.config.api.Instance;
import org.headgate.config.api.Settings;
import org.headgate.config.api.Texts;
import org.headgate.mqtt.client.MqttKeys;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The keys in {@code docs/uplink.md} are those that there are, with their defaults. */
class SettingsPageTest {
    private static final Pattern WORD = Pattern.compile("`([^`]+)`");

    /** What counts without the key; empty where it is told in words. */
    private final Map<String, String> page = new LinkedHashMap<>();

    @BeforeEach
    void read() throws Exception {
        for (String line : Files.readAllLines(Path.of("../../docs/uplink.md"))) {
            String[] cells = line.split("\\|", -1);
            if (line.startsWith("| `") && cells.length == 5) {
                List<String> keys = words(cells[1]);
                List<String> defaults = words(cells[2]);
                for (int i = 0; i < keys.size(); i++) {
                    page.put(keys.get(i), defaults.size() == keys.size() ? plain(defaults.get(i)) : "");
                }
            }
        }
    }

    @Test
    void everyKeyWithADefaultIsThere() {
        Settings settings = new Settings(Map.of("address", "mqtt://h", "streams", "*"));
        of(settings);
        Map<String, String> effective = settings.effective();
        effective.keySet().removeAll(List.of("address", "streams"));
        assertThat(effective).isNotEmpty();
        assertThat(page).containsAllEntriesOf(effective);
        assertThat(page).containsKeys(MqttKeys.KEYS.toArray(String[]::new));
    }

    @Test
    void everyKeyOfThePageIsKnown() {
        Map<String, String> all = new LinkedHashMap<>();
        page.keySet().forEach(key -> all.put(key, "1"));
        TreeSet<String> unknown =
                new TreeSet<>(of(new Settings(all)).link().options().keySet());
        MqttKeys.KEYS.forEach(unknown::remove);
        assertThat(all).containsKeys("address", "streams");
        assertThat(unknown).isEmpty();
    }

    private static UplinkSettings of(Settings settings) {
        Instance instance = new Instance("cloud", "headgate.uplink-cloud.cfg", settings, Optional.empty());
        return UplinkSettings.of(instance, "gw-1", UplinkSettings.Vault.EMPTY);
    }

    /** Sizes as the settings print them. */
    private static String plain(String value) {
        return value.endsWith("iB") ? String.valueOf(Texts.bytes(value).orElseThrow()) : value;
    }

    private static List<String> words(String cell) {
        List<String> words = new ArrayList<>();
        WORD.matcher(cell).results().forEach(word -> words.add(word.group(1)));
        return words;
    }
}
