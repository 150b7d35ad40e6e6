package org.headgate.driver.opcua;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.headgate.console.api.Dialogue;

/** Answers in turn. */
final class Person implements Dialogue {
    private final Queue<String> answers;

    Person(String... answers) {
        this.answers = new ArrayDeque<>(List.of(answers));
    }

    @Override
    public boolean isPresent() {
        return true;
    }

    @Override
    public Optional<String> ask(String question) {
        return Optional.ofNullable(answers.poll());
    }

    @Override
    public Optional<char[]> askSecret(String question) {
        return Optional.empty();
    }

    @Override
    public Optional<String> edit(String name, String text) {
        return Optional.empty();
    }
}
