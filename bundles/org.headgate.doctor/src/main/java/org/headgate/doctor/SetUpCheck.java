package org.headgate.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.headgate.config.api.Configurations;
import org.headgate.config.api.FileName;
import org.headgate.doctor.api.Finding;
import org.headgate.doctor.api.HealthCheck;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Files that nobody reads or can read, and names that two want. */
@Component
public final class SetUpCheck implements HealthCheck {
    private static final Pattern UNREAD = Pattern.compile("(\\S+): nobody reads it; did you mean (\\S+)\\?");
    private static final Pattern LINE = Pattern.compile("(\\S+):? .*\\bline (\\d+)\\b.*");
    /** The stream of the gateway itself. */
    private static final String EVENTS = "gateway-events";

    private final Configurations configurations;

    @Activate
    public SetUpCheck(@Reference Configurations configurations) {
        this.configurations = configurations;
    }

    @Override
    public String name() {
        return "set-up";
    }

    @Override
    public List<Finding> check() {
        List<Finding> findings = new ArrayList<>(twoProducers());
        for (String warning : configurations.warnings()) {
            findings.add(Finding.warn("", warning, remedy(warning)));
        }
        if (findings.isEmpty()) {
            int files = configurations.files().size();
            findings.add(Finding.ok("", files + " files in HOME/etc, each is read, each name is used once"));
        }
        return findings;
    }

    private String remedy(String warning) {
        Matcher unread = UNREAD.matcher(warning);
        if (unread.matches()) {
            String there = "etc/" + unread.group(1);
            String meant = "etc/" + unread.group(2);
            return configurations.files().contains(unread.group(2))
                    ? meant + " is there too: in the home: diff " + there + " " + meant
                            + " compares them, then remove one"
                    : "in the home: mv -n " + there + " " + meant;
        }
        Matcher line = LINE.matcher(warning);
        if (line.matches()) {
            return "correct line " + line.group(2) + " of etc/" + line.group(1).replace(":", "")
                    + " in the home with an editor";
        }
        return "correct it, or take it out of HOME/etc";
    }

    /** A stream has one producer: the device or the rule of its name. */
    private List<Finding> twoProducers() {
        Map<String, List<String>> producers = new TreeMap<>();
        for (String file : configurations.files()) {
            FileName.of(file)
                    .filter(name -> List.of("device", "rule").contains(name.kind()))
                    .ifPresent(name -> producers
                            .computeIfAbsent(name.name(), stream -> new ArrayList<>())
                            .add(name.kind()));
        }
        List<Finding> findings = new ArrayList<>();
        producers.forEach((name, kinds) -> {
            if (kinds.size() > 1) {
                findings.add(Finding.fail(
                        name,
                        "a device and a rule have this name, and a stream has one producer",
                        "give one of them another name: in the home: mv -n etc/" + rule(name) + " etc/" + free(name)));
            } else if (name.equals(EVENTS)) {
                findings.add(Finding.fail(
                        name,
                        "the gateway's own events have this name",
                        kinds.get(0) + ":remove " + name + ", and make it anew with another name"));
            }
        });
        return findings;
    }

    /** The file of a rule that is not there yet. */
    private String free(String name) {
        int number = 2;
        while (configurations.files().contains(rule(name + "-" + number))) {
            number++;
        }
        return rule(name + "-" + number);
    }

    private static String rule(String name) {
        return "headgate.rule-" + name + ".cfg";
    }
}
