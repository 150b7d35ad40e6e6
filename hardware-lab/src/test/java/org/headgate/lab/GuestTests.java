package org.headgate.lab;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs test classes inside the guest, and writes a line about each test into a file that the host reads. */
final class GuestTests implements TestExecutionListener {
    private final PrintWriter results;

    private GuestTests(PrintWriter results) {
        this.results = results;
    }

    /** The file, then the classes. */
    public static void main(String[] arguments) throws Exception {
        try (PrintWriter results = new PrintWriter(Files.newBufferedWriter(Path.of(arguments[0])), true)) {
            LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                    .selectors(Arrays.stream(arguments)
                            .skip(1)
                            .map(name -> selectClass(name))
                            .toList())
                    .build();
            LauncherFactory.create().execute(request, new GuestTests(results));
            results.println("END");
        }
        System.exit(0);
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        // Of a class only what went wrong with it as a whole.
        if (test.isTest() || result.getStatus() != TestExecutionResult.Status.SUCCESSFUL) {
            StringWriter trace = new StringWriter();
            result.getThrowable().ifPresent(failure -> failure.printStackTrace(new PrintWriter(trace)));
            write(result.getStatus().name(), test, trace.toString());
        }
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        write("ABORTED", test, reason);
    }

    private void write(String status, TestIdentifier test, String text) {
        String of = test.getParentId()
                .map(parent -> parent.replaceAll(".*\\[class:[\\w.]*?(\\w+)\\].*", "$1"))
                .orElse("");
        results.println(String.join(
                "\t",
                status,
                of + " " + test.getDisplayName(),
                Base64.getEncoder().encodeToString(text.getBytes(java.nio.charset.StandardCharsets.UTF_8))));
    }
}
