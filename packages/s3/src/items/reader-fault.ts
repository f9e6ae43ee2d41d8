/** Why items cannot be read: becomes `States.ItemReaderFailed` with this cause. */
export class ReaderFault extends Error {
  override readonly name = 'ReaderFault';
}
