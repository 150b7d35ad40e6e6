package org.headgate.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.headgate.doctor.api.Finding;
import org.headgate.doctor.api.Finding.Level;

/** What tests ask of findings. */
final class Findings {
    private Findings() {}

    /** The one finding of a subject. */
    static Finding about(String subject, List<Finding> findings) {
        List<Finding> found = findings.stream()
                .filter(finding -> finding.subject().equals(subject))
                .toList();
        assertThat(found).as(subject + " in " + findings).hasSize(1);
        return found.get(0);
    }

    /** A finding at this level, whose text and remedy have these parts. */
    static void assertFinding(Finding finding, Level level, String text, String remedy) {
        assertThat(finding.level()).as(finding.toString()).isEqualTo(level);
        assertThat(finding.text()).contains(text);
        assertThat(finding.remedy()).contains(remedy);
    }
}
