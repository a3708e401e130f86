declare const Component: (options: object) => void

// WeChat asks for this component where `tabBar.custom` stands; the bar is drawn by each tab's page (ADR 0058).
Component({})
