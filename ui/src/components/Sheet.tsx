// A sheet over the window: settings, keys. Escape or its button puts it away; the focus goes back.

import type { ReactNode } from "react";
import { Button, Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { Icon } from "./Icon";

type Props = {
  title: string;
  open: boolean;
  /** For lists: as wide as the window allows for reading. */
  wide?: boolean;
  onClose: () => void;
  children: ReactNode;
};

export function Sheet({ title, open, wide = false, onClose, children }: Props) {
  return (
    <ModalOverlay
      className="sheet-over"
      isOpen={open}
      isDismissable
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
    >
      <Modal className={wide ? "sheet sheet-wide" : "sheet"}>
        <Dialog className="sheet-dialog">
          <div className="sheet-head">
            <Heading slot="title" level={2}>
              {title}
            </Heading>
            <Button className="button-icon" aria-label={`Close ${title.toLowerCase()}`} onPress={onClose}>
              <Icon name="cross" />
            </Button>
          </div>
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
