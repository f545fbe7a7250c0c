// The tones of text, which the app shares with the commands that draw on a terminal.

export { inTone, type Tone, toneColour } from '@digits/screen';
