package org.headgate.driver.opcua;

import java.io.PrintStream;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import org.eclipse.milo.opcua.stack.core.util.CertificateUtil;
import org.headgate.console.api.Json;
import org.headgate.driver.opcua.SecuritySettings.Flaw;

/** A certificate as a person is asked to compare it with what the server's own tools show. Its text is a stranger's. */
record Shown(X509Certificate certificate) {
    private static final int WIDTH = 100;

    void print(PrintStream out) {
        line(out, "subject      " + name(certificate.getSubjectX500Principal().getName()));
        line(out, "issuer       " + issuer());
        line(
                out,
                "application  "
                        + CertificateUtil.getSanUri(certificate)
                                .map(Faults::line)
                                .orElse("not said"));
        line(out, "hosts        " + hosts());
        line(out, "valid        from " + from() + " to " + until());
        out.println("SHA-256");
        out.println("  " + Fingerprint.of(certificate));
    }

    /** What is wrong with it, a paragraph each. */
    static void print(Map<Flaw, String> flaws, PrintStream out) {
        flaws.values().forEach(flaw -> line(out, "attention: " + flaw));
    }

    Json json() {
        return new Json()
                .put("fingerprint", Fingerprint.of(certificate).toString())
                .put("subject", name(certificate.getSubjectX500Principal().getName()))
                .put("issuer", name(certificate.getIssuerX500Principal().getName()))
                .put(
                        "application",
                        CertificateUtil.getSanUri(certificate).map(Faults::line).orElse(""))
                .put(
                        "hosts",
                        ServerJudge.hosts(certificate).stream()
                                .map(Faults::line)
                                .toList())
                .put("from", certificate.getNotBefore().toInstant().toString())
                .put("until", certificate.getNotAfter().toInstant().toString());
    }

    /** The same for a program, by the word that tolerates each. */
    static Json json(Map<Flaw, String> flaws) {
        Json json = new Json();
        flaws.forEach((flaw, line) -> json.put(flaw.word(), line));
        return json;
    }

    String from() {
        return ServerJudge.day(certificate.getNotBefore().toInstant()).toString();
    }

    String until() {
        return ServerJudge.day(certificate.getNotAfter().toInstant()).toString();
    }

    private String hosts() {
        List<String> hosts = ServerJudge.hosts(certificate);
        return hosts.isEmpty() ? "none" : Faults.line(String.join(", ", hosts));
    }

    private String issuer() {
        return certificate.getIssuerX500Principal().equals(certificate.getSubjectX500Principal())
                ? "itself"
                : name(certificate.getIssuerX500Principal().getName());
    }

    private static String name(String principal) {
        return Faults.line(principal);
    }

    /** Broken at blanks where it is too wide; what follows is indented. */
    static void line(PrintStream out, String text) {
        String rest = text;
        while (rest.length() > WIDTH) {
            int blank = rest.lastIndexOf(' ', WIDTH);
            int end = blank > WIDTH / 2 ? blank : WIDTH;
            out.println(rest.substring(0, end).stripTrailing());
            rest = "  " + rest.substring(end).strip();
        }
        out.println(rest);
    }
}
