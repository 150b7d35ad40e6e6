package org.headgate.doctor;

import java.util.List;
import org.headgate.config.api.Revisions;
import org.headgate.config.api.Texts;
import org.headgate.doctor.api.Finding;
import org.headgate.doctor.api.HealthCheck;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Whether a change waits to be confirmed, and would be undone. */
@Component
public final class RevisionsCheck implements HealthCheck {
    private final Revisions revisions;

    @Activate
    public RevisionsCheck(@Reference Revisions revisions) {
        this.revisions = revisions;
    }

    @Override
    public String name() {
        return "revisions";
    }

    @Override
    public List<Finding> check() {
        return List.of(revisions
                .waiting()
                .map(waiting -> Finding.warn(
                        "revision " + waiting.number(),
                        "is undone in " + Texts.print(waiting.left().withNanos(0)) + " unless it is confirmed, and no"
                                + " other change is taken until then",
                        "gateway:confirm keeps it; gateway:rollback " + waiting.back() + " goes back now"))
                .orElseGet(() -> Finding.ok("", revisions.list().size() + " are kept, none waits to be confirmed")));
    }
}
