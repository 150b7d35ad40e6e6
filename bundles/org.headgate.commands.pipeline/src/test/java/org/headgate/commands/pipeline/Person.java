package org.headgate.commands.pipeline;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.headgate.console.api.Dialogue;

/** Somebody who answers what was told before. */
final class Person implements Dialogue {
    final List<String> asked = new ArrayList<>();
    final Deque<String> answers = new ArrayDeque<>();
    final Deque<Optional<String>> saves = new ArrayDeque<>();
    final List<String> opened = new ArrayList<>();
    /** What others do while the editor is open. */
    Runnable meanwhile = () -> {};

    @Override
    public boolean isPresent() {
        return true;
    }

    @Override
    public Optional<String> ask(String question) {
        asked.add(question);
        return Optional.ofNullable(answers.poll());
    }

    @Override
    public Optional<char[]> askSecret(String question) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<String> edit(String name, String text) {
        opened.add(name + ": " + text);
        meanwhile.run();
        return saves.remove();
    }
}
