package io.github.llm4j.trainers.data;

import io.github.llm4j.api.component.Doc;
import java.util.Optional;

/**
 * What a run learns from and is measured with.
 *
 * @param train what it learns from
 * @param validation the text that the loss is measured with, if any
 */
@Doc("What a run learns from and is measured with.")
public record DataSettings(
    @Doc("What it learns from.") TrainTextSettings train,
    @Doc("The text that the loss is measured with.") Optional<ValidationSettings> validation) {}
