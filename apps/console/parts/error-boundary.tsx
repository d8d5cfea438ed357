import { Component, type ComponentChildren } from 'preact';

interface BoundaryProps {
  /** Shown in place of what could not be. */
  readonly instead: ComponentChildren;
  readonly children: ComponentChildren;
}

/** A page with a defect does not take the rest of the console with it. */
export class ErrorBoundary extends Component<BoundaryProps, { readonly isBroken: boolean }> {
  override state = { isBroken: false };

  static override getDerivedStateFromError() {
    return { isBroken: true };
  }

  override render() {
    return this.state.isBroken ? this.props.instead : this.props.children;
  }
}
