package org.headgate.console.api;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** One call of a command: its words as they were typed, options taken out, and where to print. */
public final class Invocation {
    private final List<String> words = new ArrayList<>();
    private final Set<String> flags = new HashSet<>();
    private final Map<String, String> options = new HashMap<>();
    private final PrintStream out;
    private final PrintStream err;
    private final String user;
    private final Dialogue dialogue;
    private final List<String> typed;

    /** A call by a program: nobody can be asked. */
    public Invocation(Signature signature, List<String> typed, PrintStream out, PrintStream err, String user)
            throws UsageException {
        this(signature, typed, out, err, user, Dialogue.NOBODY);
    }

    /**
     * Sorts words into options and the rest. Only the command's own options count, so that {@code -5} and {@code --x} of
     * an address stay words; after {@code --} everything is a word.
     */
    public Invocation(
            Signature signature, List<String> typed, PrintStream out, PrintStream err, String user, Dialogue dialogue)
            throws UsageException {
        this.out = out;
        this.err = err;
        this.user = user;
        this.dialogue = dialogue;
        this.typed = new ArrayList<>(typed);
        this.typed.add(0, signature.id());
        List<String> optionNames = signature.optionNames();
        boolean open = true;
        for (int i = 0; i < typed.size(); i++) {
            String word = typed.get(i);
            int equals = word.indexOf('=');
            if (open && word.equals("--")) {
                open = false;
            } else if (open && signature.flags().contains(word)) {
                flags.add(word);
            } else if (open && optionNames.contains(word)) {
                if (++i == typed.size()) {
                    throw new UsageException(word + ": missing (expected: a value)");
                }
                options.put(word, typed.get(i));
            } else if (open && equals > 0 && optionNames.contains(word.substring(0, equals))) {
                options.put(word.substring(0, equals), word.substring(equals + 1));
            } else if (open && word.startsWith("--") && word.length() > 2 && Character.isLetter(word.charAt(2))) {
                throw new UsageException("unknown option " + word);
            } else {
                words.add(word);
            }
        }
    }

    /** The words that are no options, untouched. */
    public List<String> words() {
        return List.copyOf(words);
    }

    /** The word at an index, or a usage error that names what is missing. */
    public String word(int index, String what) throws UsageException {
        if (index >= words.size()) {
            throw new UsageException("missing " + what);
        }
        return words.get(index);
    }

    /** Refuses more words than the command has use for. */
    public void atMost(int count) throws UsageException {
        if (words.size() > count) {
            throw new UsageException("unexpected word " + words.get(count));
        }
    }

    /** Whether a flag was given. */
    public boolean flag(String name) {
        return flags.contains(name);
    }

    /** Whether machine-readable output is wanted. */
    public boolean json() {
        return flag(Signature.JSON);
    }

    /** The value of an option. */
    public Optional<String> option(String name) {
        return Optional.ofNullable(options.get(name));
    }

    /** Where the answer goes. */
    public PrintStream out() {
        return out;
    }

    /** Prints why the command failed, on one line, and returns the exit status 1. */
    public int fail(String reason) {
        err.println("error: " + reason.lines().findFirst().orElse(""));
        return 1;
    }

    /** Who runs the command. */
    public String user() {
        return user;
    }

    /** The person at the terminal, where there is one. */
    public Dialogue dialogue() {
        return dialogue;
    }

    /** The whole call, the command first, for the list of revisions; a secret may stand in it in clear text. */
    public List<String> typed() {
        return List.copyOf(typed);
    }

    /**
     * Asks a question that is answered by yes or no; everything but {@code y} and {@code yes} is a no, and so is the end of the input.
     *
     * @return the answer; empty when nobody can be asked
     */
    public Optional<Boolean> confirm(String question) throws InterruptedException {
        if (!dialogue.isPresent()) {
            return Optional.empty();
        }
        String answer = dialogue.ask(question + " (y/n) ").orElse("no");
        return Optional.of(answer.equalsIgnoreCase("y") || answer.equalsIgnoreCase("yes"));
    }

    /**
     * Waits for something that takes its time; from the first second on the user sees what and for how long.
     *
     * @param patience how long to wait at most
     * @param what is being done, as it is shown: {@code asking press}
     */
    public <T> Answer<T> await(CompletionStage<T> stage, Duration patience, String what) throws InterruptedException {
        return Answer.await(stage, patience, what, dialogue.isPresent(), err);
    }
}
