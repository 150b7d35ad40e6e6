package org.headgate.driver.gpio;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.headgate.device.api.Readings;
import org.headgate.device.api.Reports;

/** Keeps why nothing more will be reported. */
final class FailingReports implements Reports {
    final List<String> failures = new ArrayList<>();

    @Override
    public void report(Consumer<Readings> values) {
        // Not what these tests are about.
    }

    @Override
    public void failed(IOException why) {
        failures.add(why.getMessage());
    }
}
