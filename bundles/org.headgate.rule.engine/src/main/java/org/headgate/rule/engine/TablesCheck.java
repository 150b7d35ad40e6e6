package org.headgate.rule.engine;

import java.util.ArrayList;
import java.util.List;
import org.headgate.doctor.api.Finding;
import org.headgate.doctor.api.HealthCheck;
import org.headgate.rule.api.RuleTables;
import org.headgate.rule.api.TableStatus;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Where the tables stand that rules join. */
@Component
public final class TablesCheck implements HealthCheck {
    private final RuleTables tables;

    @Activate
    public TablesCheck(@Reference RuleTables tables) {
        this.tables = tables;
    }

    @Override
    public String name() {
        return "tables";
    }

    @Override
    public List<Finding> check() {
        List<Finding> findings = new ArrayList<>();
        List<TableStatus> all = tables.list();
        long ready = 0;
        for (TableStatus table : all) {
            if (table.state() == TableStatus.State.INVALID) {
                findings.add(Finding.fail(
                        "table " + table.name(),
                        "INVALID: " + table.detail(),
                        "edit headgate.table-" + table.name() + ".cfg, or its file in HOME/files"));
            } else {
                ready++;
            }
        }
        if (all.isEmpty()) {
            findings.add(Finding.ok("", "there is none"));
        } else if (ready > 0) {
            findings.add(Finding.ok("", ready + " of " + all.size() + " are there"));
        }
        return findings;
    }
}
